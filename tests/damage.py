"""The corpus's own script of damages, seeds/corpus/noise.py, for the tests."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

PATH = Path(__file__).resolve().parent.parent / "seeds" / "corpus" / "noise.py"


def noise() -> ModuleType:
    """The script as a module of its own, so that a test may change it."""
    spec = importlib.util.spec_from_file_location("corpus_noise", PATH)
    module = importlib.util.module_from_spec(spec)
    sys.modules["corpus_noise"] = module  # its dataclass looks itself up there
    spec.loader.exec_module(module)
    return module

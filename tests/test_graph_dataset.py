"""The description of the data set: read from its file, kept in the store, refused when it has a mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.graph.dataset import Dataset
from kg.graph.store import GraphStore


def test_the_data_set_says_that_its_figures_are_invented(tmp_path: Path) -> None:
    (tmp_path / "dataset.toml").write_text(
        'title = { zh = "示例", en = "Sample" }\ndescription = { zh = "数字均为虚构。", en = "All figures are invented." }\n'
        'licence = "https://www.apache.org/licenses/LICENSE-2.0"\ninvented = true\n',
        encoding="utf-8",
    )
    with GraphStore.open(tmp_path / "kg") as store:
        assert store.query("ASK { id:dataset ha:invented false ; qb:structure ha:structure }")
        assert store.describe(Dataset.read(tmp_path)) is True
        assert store.describe(Dataset.read(tmp_path)) is False
        assert store.query(
            "ASK { id:dataset ha:invented true ; dcterms:description '数字均为虚构。'@zh-hans }"
        )
        assert not store.query("ASK { id:dataset ha:invented false }")
        assert Dataset.read(tmp_path).licence == "https://www.apache.org/licenses/LICENSE-2.0"


@pytest.mark.parametrize(
    "said",
    [
        "title = 1",
        "invented = 'yes'",
        "licence = 'not an iri'",
        "colour = 'red'",
        "title = { fr = 'x' }",
        "title = [",
    ],
)
def test_a_description_with_a_mistake_is_refused(tmp_path: Path, said: str) -> None:
    (tmp_path / "dataset.toml").write_text(said, encoding="utf-8")
    with pytest.raises(StoreError, match="E311"):
        Dataset.read(tmp_path)

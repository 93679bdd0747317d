"""Everything that can go wrong, numbered, in Chinese and English, each with the next step.

::

    KgError                 a message from the catalogue, shown to the user without a traceback
    ├── UsageError          the call was wrong: exit status 2
    ├── ReadError           one source could not be read: the file is named, counted and passed over
    ├── StoreError          the store could not be opened or written
    └── QueryError          a saved query or its parameters are wrong: exit status 2
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """A catalogue entry; ``{names}`` are filled in by the error that uses it."""

    zh: str
    en: str


CATALOGUE: dict[str, Message] = {
    # E1xx reading
    "E101": Message("文件是空的：{path}。请换一个有内容的文件。", "The file is empty: {path}. Give one that has text."),
    "E102": Message(
        "{path} 不是文本（{reason}）。请先另存为 UTF-8 文本，再重新读入。",
        "{path} is not text ({reason}). Save it as UTF-8 text and read it again.",
    ),
    "E103": Message(
        "{path} 太大（{size} 字节，上限 {limit}）。请拆分，或用 --max-bytes 提高上限。",
        "{path} is too large ({size} bytes, limit {limit}). Split it or raise the limit with --max-bytes.",
    ),
    "E104": Message("没有这个文件或文件夹：{path}。请检查路径。", "No such file or folder: {path}. Check the path."),
    "E105": Message("无法读取 {path}：{reason}。请检查权限。", "Cannot read {path}: {reason}. Check its permissions."),
    "E106": Message(
        "{path} 里几乎没有中文（{share}），看来不是报告。请确认编码和内容。",
        "{path} holds hardly any Chinese ({share}), so it is no report. Check its encoding and content.",
    ),
    "E107": Message(
        "{path} 有一行长达 {length} 个字符（上限 {limit}），不像报告正文。请确认文件是否损坏。",
        "{path} has a line of {length} characters (limit {limit}), unlike a report. Check that it is not damaged.",
    ),
    "E108": Message("{path} 里没有可读的报告。", "There is no readable report in {path}. Give a folder with .txt files."),
}


class KgError(Exception):
    """An error with a number from the catalogue; ``str()`` gives both languages."""

    def __init__(self, code: str, **details: object) -> None:
        self.code = code
        self.details = details
        message = CATALOGUE[code]
        self.zh = message.zh.format(**details)
        self.en = message.en.format(**details)
        super().__init__(f"[{code}] {self.zh}\n[{code}] {self.en}")


class UsageError(KgError):
    """The call was wrong."""


class ReadError(KgError):
    """One source could not be read."""


class StoreError(KgError):
    """The store could not be opened or written."""


class QueryError(KgError):
    """A saved query or its parameters are wrong."""

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
    "E108": Message(
        "{path} 里没有可读的报告。请指定含有 .txt 文件的文件夹。",
        "There is no readable report in {path}. Give a folder with .txt files.",
    ),
    "E109": Message(
        "装上的 opencc 不是 opencc-python-reimplemented。请执行：pip uninstall opencc，"
        "再 pip install --force-reinstall opencc-python-reimplemented。",
        "The installed opencc is not opencc-python-reimplemented. Run: pip uninstall opencc, "
        "then pip install --force-reinstall opencc-python-reimplemented.",
    ),
    "E110": Message(
        "{path} 里没有标注文件（*.jsonl）。请检查路径。",
        "There is no annotation (*.jsonl) in {path}. Check the path.",
    ),
    "E111": Message(
        "标注 {gold} 没有对应的文本 {path}。请检查文本文件夹。",
        "The annotation {gold} has no text {path}. Check the folder of texts.",
    ),
    "E112": Message(
        "{path} 第 {line} 行的标注与文本不符：{reason}。请按 docs/annotation.md 改正。",
        "{path}:{line}: the record does not fit its text: {reason}. Correct it as docs/annotation.md says.",
    ),
    # E2xx commands and queries
    "E201": Message(
        "没有名为 {name} 的查询。已有：{known}。用 kg queries 查看，或给出 .rq 文件的路径。",
        "There is no query {name}. Known ones: {known}. See kg queries, or give the path of an .rq file.",
    ),
    "E202": Message(
        "查询文件 {path} 的 #+ 头部有误：{reason}。请按 docs/commands.md 的格式修改。",
        "The #+ header of the query file {path} is wrong: {reason}. Correct it as docs/commands.md shows.",
    ),
    "E203": Message(
        "查询 {name} 的 SPARQL 无法执行：{reason}。请修改查询文件。",
        "The SPARQL of query {name} cannot be evaluated: {reason}. Correct the query file.",
    ),
    "E204": Message(
        "查询 {query} 没有参数 {name}。可用的参数：{known}。",
        "Query {query} has no parameter {name}. It has: {known}.",
    ),
    "E205": Message(
        "查询 {query} 缺少参数 {name}（{type}）。例如：--param {name}={example}",
        "Query {query} needs the parameter {name} ({type}). For example: --param {name}={example}",
    ),
    "E206": Message(
        "参数 {name} 的值 {value} 不是 {type}。例如：--param {name}={example}",
        "The value {value} of parameter {name} is no {type}. For example: --param {name}={example}",
    ),
    "E207": Message(
        "图中没有叫“{value}”的 {type}（参数 {name}）。相近的名称：{near}。请改用其中之一，或给出 IRI。",
        "The graph has no {type} called {value} (parameter {name}). Close names: {near}. Use one of them, or an IRI.",
    ),
    "E208": Message(
        "参数 {name} 的值“{value}”可以指不止一个：{choices}。请给出全称、代码或 IRI。",
        "The value {value} of parameter {name} can mean several: {choices}. Give the full name, the code or the IRI.",
    ),
    "E209": Message("参数要写成 名称=值，只写一次：{given}。", "Write a parameter as name=value, and once only: {given}."),
    "E210": Message(
        "这个结果不能写成 {format}。可用的格式：{known}。",
        "This result cannot be written as {format}. Formats for it: {known}.",
    ),
    "E211": Message(
        "--base 必须是以 / 或 # 结尾的绝对 IRI，只含 ASCII 字符：{base}。",
        "--base must be an absolute IRI in ASCII that ends in / or #: {base}.",
    ),
    "E212": Message(
        "处理 {path} 时程序出错（{reason}），这是 kg 的缺陷。其余文件已照常处理；完整记录见 {log}，请随问题报告附上。",
        "The program failed on {path} ({reason}): a defect of kg. The other files were processed; attach {log} to a bug report.",
    ),
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

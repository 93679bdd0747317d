"""A message in both languages, and those of asking the graph, which `kg.errors` has in its catalogue."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """A text in both languages; in a catalogue entry, ``{names}`` are filled in by the error that uses it."""

    zh: str
    en: str


ASKING: dict[str, Message] = {
    "E230": Message(
        "查询 {name} 超过 {seconds} 秒，已停止，没有输出。请用 --param 缩小范围，用 --explain 查看哪一步慢，或用 --timeout 放宽时限（0 为不限）。",
        "The query {name} took more than {seconds} seconds and was stopped; nothing was printed. Narrow it with --param, "
        "see with --explain what is slow, or allow more with --timeout (0: no end).",
    ),
    "E231": Message(
        "执行查询 {name} 的进程意外结束（{reason}），可能是内存不足。请用 --param 或 --limit 缩小范围后再试。",
        "The process that evaluated the query {name} ended before its answer ({reason}), perhaps for want of memory. "
        "Narrow it with --param or --limit, then try again.",
    ),
    "E232": Message(
        "XML 不能表示控制字符（在 {column} 列）。请改用 --format json。",
        "XML cannot carry the control character in the column {column}. Use --format json.",
    ),
    "E233": Message(
        "结果里没有 {given} 这一列（有：{known}）。请改用其中之一。",
        "The answer has no column {given} (it has: {known}). Name one of these.",
    ),
    "E234": Message(
        "结果里没有可以画成图的数值列（有：{columns}）。请换一个查询，或用 --y 指明数值列；没有行的结果也画不成图。",
        "The answer has no column of numbers to draw (it has: {columns}). Ask another query, or name the column with --y; "
        "an answer without rows cannot be drawn either.",
    ),
    "E235": Message(
        "画成 {format} 需要 vl-convert-python。请执行：pip install 'kg-health-admin[plot]'；或用 --format chart 在终端里画。",
        "Drawing {format} needs vl-convert-python. Run: pip install 'kg-health-admin[plot]'; or draw in the terminal with --format chart.",
    ),
    "E236": Message(
        "系统里没有中文字体，PNG 里的汉字会是空白。请安装字体（Debian、Ubuntu：apt install fonts-noto-cjk；"
        "Fedora：dnf install google-noto-sans-cjk-fonts），或改用 --format svg、html。",
        "This system has no Chinese font, so a PNG would show blanks for its characters. Install one (Debian, Ubuntu: apt install "
        "fonts-noto-cjk; Fedora: dnf install google-noto-sans-cjk-fonts), or use --format svg or html.",
    ),
    "E237": Message(
        "PNG 不能显示在终端里。请用 --output 指明文件。",
        "A PNG cannot be shown in a terminal. Name a file with --output.",
    ),
    "E238": Message(
        "查询 {name} 无法拆成模式来说明（{reason}）。请去掉 --explain 直接运行。",
        "The query {name} cannot be taken apart to be explained ({reason}). Ask it without --explain.",
    ),
    "E239": Message(
        "“{name}”可以指：{choices}。请给出其中一个的 IRI。",
        "{name} may be: {choices}. Give the IRI of one of them.",
    ),
    "E240": Message("图中没有叫“{name}”的东西。{step}", "The graph has nothing called {name}. {step}"),
}
"""What can go wrong between a question and its answer."""

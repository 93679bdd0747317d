"""A message in both languages, and those of asking the graph and of linking it, which `kg.errors` has in its catalogue."""

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

LINKING: dict[str, Message] = {
    "E620": Message(
        "{url} 是网上的服务，未加 --online 不会访问。请加上 --online；离线时可用 kg link --with 文件。",
        "{url} is a service on a network, which is not asked without --online. Add --online, or link offline: kg link --with FILE.",
    ),
    "E621": Message(
        "{url} 不是服务的地址。请给出 http:// 或 https:// 的地址，或这些名称之一：wikidata。",
        "{url} is no address of a service. Give one of http:// or https://, or one of these names: wikidata.",
    ),
    "E622": Message(
        "服务 {url} 没有应答（{reason}）。请检查地址和网络，或用 --timeout 放宽时限，然后重新运行同一命令：已得到的应答不会再问。",
        "The service {url} does not answer ({reason}). Check the address and the network, or allow more with --timeout, "
        "then run the same command again: what was answered is not asked again.",
    ),
    "E623": Message(
        "服务 {url} 报错（HTTP {status}）。请稍后重新运行同一命令：已得到的应答不会再问；一再如此，请用 --batch 减小每批的数量。",
        "The service {url} reports an error (HTTP {status}). Run the same command again later: what was answered is not asked again; "
        "if it goes on, send less at once with --batch.",
    ),
    "E624": Message(
        "{url} 的应答不是对齐服务的 JSON（{reason}）。请确认这是 Reconciliation Service API 0.2 的地址；"
        "若平时正常，请稍后重新运行同一命令。",
        "What {url} answers is no JSON of a reconciliation service ({reason}). Check that it is an address of the Reconciliation "
        "Service API 0.2; if it usually is, run the same command again later.",
    ),
    "E625": Message(
        "服务 {url} 用的协议版本是 {versions}，kg 只懂 0.1 和 0.2。请换用它的 0.2 版地址。",
        "The service {url} speaks version {versions} of the protocol; kg knows 0.1 and 0.2. Give its address for 0.2.",
    ),
    "E626": Message(
        "服务 {url} 要求等待 {seconds} 秒。请到时再运行同一命令：已得到的应答不会再问。",
        "The service {url} wants to be left alone for {seconds} seconds. Run the same command again then: what was answered is "
        "not asked again.",
    ),
    "E627": Message(
        "服务 {url} 要求登录，kg 不发送凭据。请换用公开的地址，或用 kg link --with 连接它的数据文件。",
        "The service {url} asks for credentials, which kg does not send. Give a public address, or link a dump of it: "
        "kg link --with FILE.",
    ),
    "E628": Message(
        "服务 {url} 已移到 {location}。请改用新的地址。",
        "The service {url} has moved to {location}. Give the new address.",
    ),
    "E629": Message(
        "服务没有名为 {given} 的属性可指定，只有 {known}。请写成 --property code=服务中的属性。",
        "A service is told {known}, not {given}. Write --property code=PROPERTY, with the property as the service names it.",
    ),
    "E630": Message(
        "服务 {url} 的应答不合协议（{reason}）。请稍后重新运行同一命令：已得到的应答不会再问；一再如此，请告知该服务的维护者。",
        "The service {url} answers in another shape than the protocol's ({reason}). Run the same command again later: what was "
        "answered is not asked again; if it goes on, tell those who run the service.",
    ),
    "E631": Message(
        "还有 {missing} 项未得到（完整的）应答，共 {things} 项；已得到的都已保存。请重新运行同一命令，从中断处继续。",
        "{missing} of {things} things are without a (whole) answer; all others are kept. Run the same command again to go on "
        "where it stopped.",
    ),
    "E632": Message(
        "kg link --service 还需要 --type（place、organisation 或 indicator），且不能与 --with 同用。请补上或分两次运行。",
        "kg link --service needs --type (place, organisation or indicator), and goes without --with. Add it, or run it twice.",
    ),
    "E635": Message(
        "无法在 {host}:{port} 提供服务（{reason}）。请用 --port 换一个端口，0 为任意空闲端口。",
        "Cannot serve on {host}:{port} ({reason}). Give another port with --port; 0 takes any that is free.",
    ),
    "E650": Message(
        "查询 {name} 要问另一个端点（SERVICE），未加 --online 不会访问网络。请加上 --online；用 kg queries {name} 可先查看会发出什么。",
        "The query {name} asks another endpoint (SERVICE), which is not done without --online. Add --online; "
        "kg queries {name} shows what is sent.",
    ),
    "E651": Message(
        "查询 {name} 所问的端点没有给出可用的应答（{reason}）。请检查端点的地址和网络，稍后再试；"
        "若端点嫌范围太大，请用 --param 缩小。",
        "The endpoint that the query {name} asks gave no answer that can be used ({reason}). Check its address and the network, "
        "and try again later; if it was asked for too much, narrow the query with --param.",
    ),
}

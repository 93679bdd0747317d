"""A message in both languages, and those of linking, which `kg.errors` has in its catalogue."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """A text in both languages; in a catalogue entry, ``{names}`` are filled in by the error that uses it."""

    zh: str
    en: str


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
}

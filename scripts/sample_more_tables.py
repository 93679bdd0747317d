"""Three more made tables, which the reader of tables was not written against.

Headings over three rows, divisions as columns, quarters with labels that span rows. The divisions are real, the figures
invented.
"""

from __future__ import annotations

from decimal import Decimal

from sample_tables import Box, Bulletin, Figure

_OWN = "黔南布依族苗族自治州"
_QUARTERS = ("01-01 03-31", "04-01 06-30", "07-01 09-30", "10-01 12-31", "01-01 12-31")


def _scaled(text: str, factor: int) -> str:
    return f"{(Decimal(text.replace(',', '')) * factor).normalize():f}"


def _decade() -> Bulletin:
    """A row a year, headings over three rows."""
    columns = [("医疗卫生机构", "个", 1), ("卫生技术人员", "人", 1), ("执业（助理）医师", "人", 1), ("注册护士", "人", 1),
               ("医疗服务诊疗人次", "人次", 10_000), ("医疗服务入院人次", "人次", 10_000), ("医疗服务病床使用率", "%", 1)]  # fmt: skip
    rows = [
        ("2018", "1,204", "31,877", "8,102", "10,443", "2,011.5", "58.21", "—"),
        ("2019", "1,233", "33,016", "8,455", "11,027", "2,103.8", "60.77", "71.90"),
        ("2020", "1,251", "33,940", "8,790", "11,632", "1,740.2", "49.35", "60.15"),
        ("2021", "1,278", "35,226", "9,214", "12,305", "1,958.6", "53.04", "63.88"),
        ("2022", "1,290", "36,101", "9,560", "12,914", "1,987.3", "52.66", "62.07"),
    ]
    head = (
        (Box("年份", rows=3), Box("医疗卫生机构（个）", rows=3), Box("卫生人员（人）", columns=3), Box("医疗服务", columns=3)),
        (Box("卫生技术人员", columns=3), Box("诊疗人次（万人次）", rows=2), Box("入院人次（万人次）", rows=2), Box("病床使用率（%）", rows=2)),
        (Box("合计"), Box("执业（助理）医师"), Box("注册护士")),
    )  # fmt: skip
    figures = [
        Figure(text, _scaled(text, factor), unit, name, _OWN, f"{row[0]}-01-01", f"{row[0]}-12-31")
        for row in rows
        for (name, unit, factor), text in zip(columns, row[1:], strict=True)
        if text != "—"
    ]
    title, note = f"{_OWN}历年卫生事业基本情况", "注：2020年起口径有调整。"
    return Bulletin("decade", title, ("表12-1  基本情况",), head, tuple(rows), (note,), tuple(figures))


def _accounts() -> Bulletin:
    """A row an indicator, a column a division, the unit above the table."""
    places = [("全州", _OWN), *((name, name) for name in ("都匀市", "福泉市", "荔波县", "瓮安县"))]
    rows = [
        ("财政拨款收入", "18,230.4", "2,410.6", "3,077.1", "1,985.0", "2,664.3"),
        ("医疗收入", "96,512.8", "14,220.3", "17,356.9", "9,874.5", "12,051.2"),
        ("其中：药品收入", "27,340.1", "4,012.2", "4,733.8", "3,120.6", "3,508.7"),
        ("卫生材料收入", "13,006.7", "1,722.4", "2,115.0", "1,041.3", "1,377.9"),
        ("总支出", "111,084.5", "16,003.9", "19,870.2", "11,533.1", "14,196.0"),
        ("人员经费", "41,877.0", "6,233.5", "7,401.6", "4,502.8", "5,316.4"),
    ]
    figures = [
        Figure(
            text,
            _scaled(text, 10_000),
            "元",
            row[0].removeprefix("其中："),
            subject,
            "2023-01-01",
            "2023-12-31",
        )
        for row in rows
        for (_, subject), text in zip(places, row[1:], strict=True)
    ]
    head = (Box("项目"), *(Box(name) for name, _ in places))
    title, above = f"2023年公立医院收入支出情况（{_OWN}）", ("表4 收入支出", "单位：万元")
    return Bulletin("accounts", title, above, (head,), tuple(rows), ("说明：本表为快报数。",), tuple(figures))


def _quarters() -> Bulletin:
    """A row an indicator of a kind of institution, printed once for its rows, a column a quarter."""
    rows = [
        ("医院", "诊疗人次（万人次）", "46.2", "51.8", "49.7", "55.3", "203.0"),
        ("", "出院人数（人）", "15,204", "16,377", "15,981", "17,420", "64,982"),
        ("", "平均住院日（天）", "8.4", "8.2", "8.1", "7.9", "8.1"),
        ("乡镇卫生院", "诊疗人次（万人次）", "31.5", "33.9", "32.2", "36.6", "134.2"),
        ("", "出院人数（人）", "4,118", "4,372", "4,205", "4,690", "17,385"),
        ("", "平均住院日（天）", "6.1", "6.0", "6.2", "5.9", "6.0"),
        ("妇幼保健院", "诊疗人次（万人次）", "9.7", "10.4", "10.1", "11.8", "42.0"),
        ("", "出院人数（人）", "2,033", "2,190", "2,147", "2,401", "8,771"),
    ]
    figures: list[Figure] = []
    group = ""
    for row in rows:
        group = row[0] or group
        name, _, unit = row[1].rstrip("）").partition("（")
        for days, text in zip(_QUARTERS, row[2:], strict=True):
            start, end = (f"2023-{day}" for day in days.split())
            value = _scaled(text, 10_000 if unit == "万人次" else 1)
            figures.append(Figure(text, value, unit.removeprefix("万"), group + name, _OWN, start, end))
    head = tuple(Box(name) for name in ("机构类别", "指标", "一季度", "二季度", "三季度", "四季度", "全年"))
    title = f"{_OWN}2023年分季度医疗服务量"
    return Bulletin(
        "quarters", title, ("表5 医疗服务量",), (head,), tuple(rows), ("注：不含诊所。",), tuple(figures)
    )


MORE = (_decade(), _accounts(), _quarters())

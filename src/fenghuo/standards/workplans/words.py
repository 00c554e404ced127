"""What the reader of a plan is not sure of, as sentences in Chinese and in English."""

from .answers import Doubt, Why

ZH = {
    Why.EMPTY: "没有内容：请粘贴工作要点或工作计划的正文",
    Why.NOT_CHINESE: "这段文字大部分不是中文，只能识别中文的工作要点；可以手工录入",
    Why.NO_HEADINGS: "没有找到“一、”“（一）”“1.”这样的编号，也没有表格，分不出条款；请检查粘贴是否完整，或手工录入",
    Why.NOT_A_PLAN: "有编号或表格，但内容不像工作要点（多数句子不是工作任务），没有生成条款；可以手工录入",
    Why.CUT: "文字太长，后面的部分没有读取；请分几次粘贴",
    Why.NO_TITLE: "没有找到标题，请填写",
    Why.NO_YEAR: "没有找到年份，所有日期都没有推算；请填写年份后重新识别",
    Why.OTHER_YEAR: "文中写的是 {number} 年，与填写的年份不同；日期按填写的年份推算",
    Why.CHAPTER_MISSING: "缺第 {number} 部分的编号，请核对是否漏贴",
    Why.CLAUSE_MISSING: "缺第 {number} 条的编号，请核对是否漏贴",
    Why.NUMBER_TWICE: "编号 {number} 重复或前后颠倒，请核对",
    Why.NO_UNIT: "第 {number} 条有一项没有写明责任单位：“{words}”",
    Why.DATE_READ_TWO_WAYS: "第 {number} 条的“{words}”有两种理解，先按较早的日期，请确认",
    Why.NO_SUCH_DAY: "第 {number} 条的“{words}”不是有效日期，请改正",
}
EN = {
    Why.EMPTY: "There is nothing here: paste the text of a work plan",
    Why.NOT_CHINESE: "Most of this is not Chinese; only Chinese plans are read, others can be entered by hand",
    Why.NO_HEADINGS: "No numbers such as 一、 (一) 1. and no table were found, so there are no clauses; "
    "see whether all was pasted, or enter them by hand",
    Why.NOT_A_PLAN: "There are numbers or a table, but most sentences are no duties, so no clauses were made; "
    "they can be entered by hand",
    Why.CUT: "The text is too long and its end was not read; paste it in parts",
    Why.NO_TITLE: "No title was found: enter it",
    Why.NO_YEAR: "No year was found, so no day was reckoned: enter the year and read again",
    Why.OTHER_YEAR: "The text says {number}, not the year that was entered; days are reckoned by the latter",
    Why.CHAPTER_MISSING: "Chapter {number} is missing: see whether all was pasted",
    Why.CLAUSE_MISSING: "Clause {number} is missing: see whether all was pasted",
    Why.NUMBER_TWICE: "The number {number} stands twice or out of order",
    Why.NO_UNIT: "Clause {number} names nobody responsible for “{words}”",
    Why.DATE_READ_TWO_WAYS: "“{words}” in clause {number} can be read two ways; the earlier day is taken: confirm it",
    Why.NO_SUCH_DAY: "“{words}” in clause {number} is no day that exists: correct it",
}
LONGEST = 40  # characters of a duty that are repeated in a sentence


def said(doubt: Doubt, language: str) -> str:
    """One sentence. `language`: zh… or any other for English."""
    words = " ".join(doubt.words.split())
    words = words if len(words) <= LONGEST else words[:LONGEST] + "…"
    return (ZH if language.startswith("zh") else EN)[doubt.code].format(number=doubt.number, words=words)

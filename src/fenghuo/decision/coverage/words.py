"""Reasons of a coverage as sentences, in Chinese and in English."""

from .asking import Measure, Threshold
from .reasons import Reason, Why

ZH = {
    Why.CUT_OFF: "从哪里都到不了的有 {number} 处{people}：{names}",
    Why.NOT_WITHIN: "{within}内到不了的有 {number} 处{people}{worst}",
    Why.ONE_ONLY: "{within}内只靠“{site}”的有 {number} 处{people}，它一旦用不上就再没有别的能到：{names}",
    Why.UNPLACED: "有 {number} 处位置不详，没有计算在内：{names}",
    Why.UNPLACED_SITES: "应提供覆盖的有 {number} 个位置不详，没有计算在内：{names}",
    Why.PEOPLE_UNKNOWN: "有 {number} 处人口不详，人数合计里不含它们",
    Why.WITHIN: "{within}内能到 {number} 处，共 {of} 处{people}",
    Why.TWICE: "{within}内有两个以上能到的是 {number} 处，共 {of} 处{people}",
    Why.ESTIMATE: "部分或全部时间是按直线距离估算的，不是按道路计算的",
}
EN = {
    Why.CUT_OFF: "Cannot be reached from anywhere: {number}{people} ({names})",
    Why.NOT_WITHIN: "Not reached within {within}: {number}{people}{worst}",
    Why.ONE_ONLY: "Reached by “{site}” alone within {within}: {number}{people}; without it by nobody ({names})",
    Why.UNPLACED: "Position unknown, not reckoned: {number} ({names})",
    Why.UNPLACED_SITES: "Position unknown of what should cover, not reckoned: {number} ({names})",
    Why.PEOPLE_UNKNOWN: "Population unknown, in no sum of people: {number}",
    Why.WITHIN: "Reached within {within}: {number} of {of}{people}",
    Why.TWICE: "Reached by two or more within {within}: {number} of {of}{people}",
    Why.ESTIMATE: "Some or all times are estimated along straight lines, not reckoned along roads",
}


def said(reason: Reason, language: str) -> str:
    """One sentence. `language`: zh… or any other for English."""
    chinese = language.startswith("zh")
    names = ("、" if chinese else ", ").join(reason.names)
    if reason.number > len(reason.names) and names:
        names += " 等" if chinese else " and others"
    worst = (f"，最远的是{names}" if chinese else f", the farthest: {names}") if names else ""
    return (ZH if chinese else EN)[reason.code].format(
        number=reason.number,
        of=reason.of,
        people=_people(reason, chinese),
        within=threshold_said(reason.threshold, language) if reason.threshold else "",
        site=reason.site,
        names=names,
        worst=worst,
    )


def threshold_said(threshold: Threshold, language: str) -> str:
    """10 分钟, 800 米; 10 min, 800 m."""
    chinese = language.startswith("zh")
    if threshold.measure is Measure.MINUTES:
        return f"{threshold.most:g} 分钟" if chinese else f"{threshold.most:g} min"
    return f"{threshold.most:g} 米" if chinese else f"{threshold.most:g} m"


def _people(reason: Reason, chinese: bool) -> str:
    """“,已知 8421 人,另有 3 处人口不详”; nothing of those where no population is known is ever called 0 people."""
    if reason.people is None or not reason.number:
        return ""
    unknown = reason.unknown
    if unknown >= reason.number:
        return "，人口都不详" if chinese else ", nobody knows how many people"
    if chinese:
        return f"，{reason.people:,} 人" + (f"（另有 {unknown} 处人口不详）" if unknown else "")
    return f", {reason.people:,} people" + (f" (and {unknown} with a population nobody knows)" if unknown else "")

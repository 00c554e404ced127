"""Reasons of a proposal of siting as sentences, in Chinese and in English."""

from .asking import Aim
from .reasons import Reason, Why

ZH = {
    Why.CONTRADICTORY: "各项要求互相矛盾，不能同时满足，没有给出方案；请放宽预算、数量或各类的下限",
    Why.NO_CANDIDATES: "没有可新建的备选点：所列的点都已停用或已经建成",
    Why.UNREACHABLE: "所列的点无论选哪些都到不了的有 {number} 处，{people} 人：{names}",
    Why.NO_ROOM: "还有 {people} 人没有容纳的地方，涉及 {number} 处：{names}",
    Why.UNSERVED: "有 {number} 处、{people} 人在本方案中到不了任何一个点：{names}",
    Why.NOT_WITHIN: "{minutes} 分钟内到不了的有 {number} 处，{people} 人：{names}",
    Why.GAP: "没有证明是最好的：也许还有更好的方案，但最多再好 {share}",
    Why.GAP_LEFT_OUT: "没有证明是最好的：顾不到的人也许还能减少，但至少有 {people} 人",
    Why.FEWER_DO: "选 {number} 个就够了，允许的 {of} 个中其余的不再带来好处",
    Why.SITE: "“{site}”服务 {number} 处，{people} 人{among}",
    Why.WANTED: "“{site}”是按要求必选的",
    Why.WITHOUT: "不选“{site}”，{loss}{instead}",
    Why.IRREPLACEABLE: "不选“{site}”，各项要求就不能同时满足",
    Why.LAST_STEP: "第 {number} 个点{gain}",
    Why.SPENT: "需要 {number}，预算为 {of}",
    Why.PEOPLE_UNKNOWN: "有 {number} 处人口不详，每处按 {people} 人计算（已知各处的中位数）",
    Why.UNPLACED: "有 {number} 处位置不详，没有计算在内：{names}",
    Why.ESTIMATE: "部分或全部时间是按直线距离估算的，不是按道路计算的",
    Why.PROVEN: "已证明：在所列条件下没有更好的方案",
}
EN = {
    Why.CONTRADICTORY: "The needs cannot all be met, nothing is proposed: allow more budget or sites, less of a kind",
    Why.NO_CANDIDATES: "No site may be new: all those listed are closed or exist already",
    Why.UNREACHABLE: "Reached from no site at all, whatever opens: {number}, {people} people ({names})",
    Why.NO_ROOM: "No room for {people} people, in {number} places ({names})",
    Why.UNSERVED: "Reached by no site of this choice: {number}, {people} people ({names})",
    Why.NOT_WITHIN: "Not reached within {minutes} min: {number}, {people} people ({names})",
    Why.GAP: "Not proven: something better may exist, by {share} at most",
    Why.GAP_LEFT_OUT: "Not proven: perhaps fewer people need be left out, though at least {people}",
    Why.FEWER_DO: "{number} are enough: the rest of the {of} allowed would bring nothing",
    Why.SITE: "“{site}” serves {number} {places}, {people} people{among}",
    Why.WANTED: "“{site}” is chosen because it was wanted",
    Why.WITHOUT: "Without “{site}” {loss}{instead}",
    Why.IRREPLACEABLE: "Without “{site}” the needs cannot all be met",
    Why.LAST_STEP: "Site number {number} {gain}",
    Why.SPENT: "Costs {number} of a budget of {of}",
    Why.PEOPLE_UNKNOWN: "Population unknown: {number}; each counted as {people} people, the middle of the known",
    Why.UNPLACED: "Position unknown, not reckoned: {number} ({names})",
    Why.ESTIMATE: "Some or all times are estimated along straight lines, not reckoned along roads",
    Why.PROVEN: "Proven: nothing better exists under these conditions",
}
MEASURE = {
    Aim.MEDIAN: ("平均到达时间", "the mean time"),
    Aim.CENTRE: ("最远一处的时间", "the longest time"),
    Aim.COVER: ("覆盖的人口", "the share of people covered"),
}


def said(reason: Reason, language: str) -> str:
    """One sentence. `language`: zh… or any other for English."""
    chinese = language.startswith("zh")
    if reason.code is Why.OUTCOME:
        return _outcome(reason, chinese)
    names = ("、" if chinese else ", ").join(reason.names)
    if reason.number > len(reason.names) and names:
        names += " 等" if chinese else " and others"
    among = (f"：{names}" if chinese else f" ({names})") if names else ""
    return (ZH if chinese else EN)[reason.code].format(
        number=f"{reason.number:,}",
        of=f"{reason.of:,}",
        people=f"{reason.people:,}",
        site=reason.site,
        places="place" if reason.number == 1 else "places",
        names=names,
        among=among,
        share=_percent(reason.share),
        minutes=f"{reason.minutes or 0:g}",
        loss=_loss(reason, chinese),
        instead=_instead(reason, chinese),
        gain=_gain(reason, chinese),
    )


def _outcome(reason: Reason, chinese: bool) -> str:
    assert reason.aim is not None
    if reason.aim is Aim.COVER:
        before, after, of = (f"{round(one or 0):,}" for one in (reason.before, reason.after, reason.of))
        within = f"{reason.minutes or 0:g}"
        if chinese:
            return f"{within} 分钟内能到的人由 {before} 人增至 {after} 人，共 {of} 人"
        return f"People reached within {within} min: from {before} to {after}, of {of}"
    what = MEASURE[reason.aim][0 if chinese else 1]
    if reason.after is None:
        return "没有人能得到服务" if chinese else "Nobody is served"
    if reason.before is None:
        return f"{what}为 {reason.after:.1f} 分钟（现在没有点能到）" if chinese else _first(what, reason.after)
    if chinese:
        return f"{what}由 {reason.before:.1f} 分钟变为 {reason.after:.1f} 分钟"
    return f"{what[0].upper()}{what[1:]}: from {reason.before:.1f} to {reason.after:.1f} min"


def _first(what: str, minutes: float) -> str:
    return f"{what[0].upper()}{what[1:]}: {minutes:.1f} min (nothing serves anybody today)"


def _loss(reason: Reason, chinese: bool) -> str:
    """What it is worse by, without the site."""
    most = _most(reason, chinese)
    if reason.people and reason.aim is not Aim.COVER:
        people = f"{reason.people:,}"
        return f"顾不到的人{most}增加 {people} 人" if chinese else f"{most}{people} more people are left out"
    what = MEASURE[reason.aim][0 if chinese else 1] if reason.aim else ""
    if reason.share <= 0:
        return "结果一样好" if chinese else "it is just as good"
    if reason.aim is Aim.COVER:
        return f"覆盖的人口{most}减少 {_points(reason.share)} 个百分点" if chinese else _fewer(reason.share, most)
    return (
        f"{what}{most}增加 {_percent(reason.share)}" if chinese else f"{what} grows by {most}{_percent(reason.share)}"
    )


def _most(reason: Reason, chinese: bool) -> str:
    """Said before a figure that compares with something unproven."""
    return "" if reason.sure else ("最多" if chinese else "at most ")


def _fewer(share: float, most: str) -> str:
    return f"{most}{_percent(share)} of all people are no longer covered"


def _instead(reason: Reason, chinese: bool) -> str:
    if not reason.names:
        return ""
    names = ("、" if chinese else ", ").join(reason.names)
    return f"（改选 {names}）" if chinese else f" (with {names} instead)"


def _gain(reason: Reason, chinese: bool) -> str:
    most = _most(reason, chinese)
    if reason.people > 0 and reason.aim is not Aim.COVER:
        people = f"{reason.people:,}"
        return f"{most}使顾不到的人减少 {people} 人" if chinese else f"leaves {most}{people} fewer people out"
    if reason.share <= 0:
        return "不再带来好处" if chinese else "brings nothing more"
    share = _percent(reason.share)
    if reason.aim is Aim.COVER:
        return f"{most}使全部人口的 {share} 新得到覆盖" if chinese else f"covers {most}another {share} of all people"
    what = MEASURE[reason.aim][0 if chinese else 1] if reason.aim else ""
    return f"{most}使{what}缩短 {share}" if chinese else f"makes {what} {most}{share} shorter"


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %" if share >= 0.001 or share <= 0 else "< 0.1 %"


def _points(share: float) -> str:
    return f"{100 * share:.1f}" if share >= 0.001 else "不到 0.1"

"""The words for what befalls people, and for those who stand between a number and such a word."""

# 7个村: not seven people.
GROUPS = r"村|镇|乡|街|社区|县|区|市|省|单位|点|组|小时|月|班|学校|企业|厂|家庭|小区|自然村|行政村"
# Who may stand between the number and what befell them. Whoever came to help is no casualty unless it is said of them.
WHO = r"(?:(?:(?![一二两三四五六七八九十几]{1,3}(?:名|位|个|人|辆))[^,。;、:()\d]){0,10}?)"
WORDS: dict[str, str] = {
    "dead": r"死亡|遇难|丧生|身亡|罹难|殉职|牺牲|溺亡|死(?!伤)",
    "missing": r"失联|失踪|下落不明|失去联系|无法联系|联系不上|无法取得联系",
    "seriously_injured": r"重伤|危重|伤势危重|伤势严重|病危|重度烧伤",
    "injured": r"受伤|轻伤|轻微伤|负伤|烧伤|骨折|擦伤|伤者|伤员(?!中)|(?<![重轻危死])伤(?!势|情|亡|口|病|残|员|者)",
    "trapped": r"被困|被埋|受困|被压|被卡|滞留",
    "poisoned": r"中毒",
    "moved": r"转移安置|紧急转移|安全转移|转移|疏散|撤离|避险转移|安置",
}
SEEN = {"injured": "|流血", "trapped": "|卡在|压在|困在|埋在"}  # said after those it befell: 一个司机卡在车里

"""The words that rows of rules may use, each with Chinese and English."""

# What a rule runs for. Rooms that do not stand yet will start theirs by these names.
SUBJECTS: dict[str, tuple[str, str]] = {
    "report": ("接报", "report"),
    "incident": ("突发事件", "incident"),
    "site": ("事发单位的报告", "report of the unit where it happened"),
    "upward": ("县以上机关的报告", "report of authorities above the county"),
    "verification": ("核报要求", "request for verification"),
    "investigation": ("事故调查", "accident investigation"),
    "loss_statistics": ("灾情统计", "disaster loss statistics"),
    "case": ("传染病病例", "case of an infectious disease"),
    "alert": ("戒备期", "alert period"),
    "plan": ("应急预案", "plan"),
    "safety_plan": ("生产安全事故应急预案", "production-safety plan"),
    "submission": ("报送材料", "submission"),
    "drill": ("应急演练", "drill"),
    "hazard_statistics": ("隐患统计", "statistics of hidden dangers"),
    "drill_duty": ("演练义务", "duty to hold drills"),
    "supervision_letter": ("督办单", "supervision letter"),
}

# What it is counted from.
ANCHORS: dict[str, tuple[str, str]] = {
    "learned": ("获知", "learned"),
    "occurred": ("发生", "occurred"),
    "received": ("收到", "received"),
    "found": ("发现", "found"),
    "diagnosed": ("诊断", "diagnosed"),
    "asked": ("要求", "asked"),
    "stable": ("灾情稳定", "stable"),
    "issued": ("印发(公布)", "issued"),
    "held": ("上次演练", "held"),
    "begun": ("开始", "begun"),
}

WAYS: dict[str, tuple[str, str]] = {
    "": ("", ""),
    "phone": ("电话", "telephone"),
    "written": ("书面", "in writing"),
    "direct": ("网络直报", "direct net report"),
}

# What a condition may ask for beside kind, level and figures.
MARKS: dict[str, tuple[str, str]] = {
    "safety_filing": ("生产安全事故应急预案的备案材料", "papers of a production-safety plan"),
    "class_a": ("甲类或按甲类管理的传染病", "disease of class A or treated as A"),
    "drought": ("干旱灾害", "drought"),
    "general": ("总体应急预案", "general plan"),
    "special": ("专项应急预案", "special plan"),
    "department": ("部门应急预案", "department's plan"),
    "joint": ("联合应急预案", "joint plan"),
    "central": ("中央单位与属地联动的预案", "plan of a central unit that needs the locality"),
    "township": ("乡镇、街道预案", "plan of a township or street office"),
    "village": ("村、社区预案", "plan of a village or community"),
    "enterprise": ("生产经营单位", "production or business unit"),
    "dangerous": ("高危生产经营单位", "dangerous unit (list of D708 art. 7)"),
    "assessed_unit": ("应定期评估预案的单位", "unit that must assess its plans"),
    "authority": ("政府及负有安全监管职责的部门、乡镇街道", "governments, safety authorities, townships"),
    "emergency_department": ("应急管理部门", "emergency department"),
    "school": ("中小学校", "primary or middle school"),
    "kindergarten": ("幼儿园", "kindergarten"),
    "key_fire_unit": ("消防安全重点单位", "key unit of fire safety"),
    "fire_unit": ("其他单位", "other unit"),
    "township_yearly": ("乡镇街道(年度演练)", "township (yearly drill)"),
}

CERTAINTIES = ("V", "C", "K", "?")

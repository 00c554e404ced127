"""The lines (条): subjects for which a county has a responsible department.

Own list, after the usual departments of a county government; slugs are ours and stay the same for good.
"""

SUBJECTS: dict[str, tuple[str, str]] = {
    # slug: Chinese, English
    "safety": ("安全生产", "work safety"),
    "fire": ("消防", "fire"),
    "public_security": ("公安", "public security"),
    "transport": ("交通运输", "transport"),
    "health": ("卫生健康", "health"),
    "education": ("教育", "education"),
    "housing": ("住房城乡建设", "housing and construction"),
    "water": ("水利", "water"),
    "natural_resources": ("自然资源", "natural resources"),
    "agriculture": ("农业农村", "agriculture"),
    "forestry": ("林业", "forestry"),
    "ecology": ("生态环境", "ecology and environment"),
    "civil_affairs": ("民政", "civil affairs"),
    "market": ("市场监管", "market regulation"),
    "culture_tourism": ("文化旅游", "culture and tourism"),
    "industry": ("工业信息化", "industry and information technology"),
    "energy": ("能源电力", "energy and power"),
    "meteorology": ("气象", "meteorology"),
    "earthquake": ("防震减灾", "earthquake"),
    "finance": ("财政金融", "finance"),
}

"""A route in plain words, Chinese and English, as one reads them out over the radio."""

from .routes import Route, Step

SHARP, CLEAR, SLIGHT = 135.0, 45.0, 20.0  # degrees
TURNS = {
    "zh": ("掉头", "向左后方转", "左转", "向左前方", "直行", "向右前方", "右转", "向右后方转"),
    "en": (
        "turn round",
        "turn sharp left",
        "turn left",
        "bear left",
        "continue",
        "bear right",
        "turn right",
        "turn sharp right",
    ),
}
UNNAMED = {
    "zh": {
        "motorway": "高速公路",
        "trunk": "国道",
        "primary": "主干路",
        "service": "内部道路",
        "track": "机耕路",
        "ferry": "渡口",
    },
    "en": {
        "motorway": "motorway",
        "trunk": "trunk road",
        "service": "service road",
        "track": "track",
        "ferry": "ferry",
    },
}
GO = {"zh": {"wheels": "行驶", "foot": "步行"}, "en": {"wheels": "", "foot": ""}}
ARRIVED = {"zh": "，到达目的地", "en": ", to the destination"}
COMPASS = {
    "zh": ("北", "东北", "东", "东南", "南", "西南", "西", "西北"),
    "en": ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west"),
}
ROUND = 180.0
ANY = {"zh": "无名道路", "en": "unnamed road"}


def directions(route: Route, language: str = "zh", mode: str = "car") -> list[str]:
    """A sentence a step. `language`: zh or en. Raises: KeyError."""
    befores = [None, *route.steps]
    said = [_sentence(step, before, language, mode) for step, before in zip(route.steps, befores, strict=False)]
    return [*said[:-1], said[-1] + ARRIVED[language]] if said else []


def turn_word(turn: float, language: str) -> str:
    """By degrees clockwise from straight on; 180 exactly is to turn round on one road."""
    words = TURNS[language]
    size = abs(turn)
    if size == ROUND:
        return words[0]
    place = 4 if size < SLIGHT else (3 if size < CLEAR else 2 if size < SHARP else 1)
    return words[place] if turn < 0 or place == 4 else words[8 - place]


def _sentence(step: Step, before: Step | None, language: str, mode: str) -> str:
    name = step.name or UNNAMED[language].get(step.kind, ANY[language])
    far = distance(step.metres, language)
    go = GO[language]["foot" if mode == "foot" else "wheels"]
    if step.kind == "ferry":
        return f"乘渡船（{name}），{far}" if language == "zh" else f"Take the ferry ({name}), {far}"
    if step.turn is None or before is None:
        where = compass(step.heading, language)
        return f"从{name}出发，向{where}{go}{far}" if language == "zh" else f"Start {where} on {name} for {far}"
    if before.kind == "ferry":
        return f"下船后进入{name}，{go}{far}" if language == "zh" else f"Leave the ferry onto {name} for {far}"
    word = turn_word(step.turn, language)
    if step.turn == ROUND:
        return f"{word}，沿{name}{go}{far}" if language == "zh" else f"{word.capitalize()} on {name} for {far}"
    onto = "继续沿" if name == before.name else "进入"
    if language == "zh":
        return f"{word}，{onto}{name}{go}{far}" if name == before.name else f"{word}{onto}{name}，{go}{far}"
    return f"{word.capitalize()} {'and stay on' if name == before.name else 'onto'} {name} for {far}"


def compass(heading: float, language: str) -> str:
    """The nearest of eight."""
    return COMPASS[language][round(heading / 45.0) % 8]


def distance(metres: float, language: str) -> str:
    """Rounded as one says it: 40 米, 350 米, 1.2 公里."""
    if metres < 1000:
        shown = max(10, round(metres / 10) * 10)
        return f"{shown}米" if language == "zh" else f"{shown} m"
    return f"{metres / 1000:.1f}公里" if language == "zh" else f"{metres / 1000:.1f} km"

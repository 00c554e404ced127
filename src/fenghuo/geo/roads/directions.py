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
        "go on",
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
ANY = {"zh": "无名道路", "en": "unnamed road"}


def directions(route: Route, language: str = "zh") -> list[str]:
    """A sentence a step. `language`: zh or en. Raises: KeyError."""
    return [_sentence(step, language) for step in route.steps]


def turn_word(turn: float, language: str) -> str:
    """By degrees clockwise from straight on."""
    words = TURNS[language]
    size = abs(turn)
    if size > 170.0:
        return words[0]
    place = 4 if size < SLIGHT else (3 if size < CLEAR else 2 if size < SHARP else 1)
    return words[place] if turn < 0 or place == 4 else words[8 - place]


def _sentence(step: Step, language: str) -> str:
    name = step.name or UNNAMED[language].get(step.kind, ANY[language])
    far = distance(step.metres, language)
    if language == "zh":
        begin = "出发，" if step.turn is None else f"{turn_word(step.turn, 'zh')}，"
        return f"{begin}沿{name}行驶{far}"
    begin = "Start" if step.turn is None else turn_word(step.turn, "en").capitalize()
    return f"{begin} on {name} for {far}"


def distance(metres: float, language: str) -> str:
    """Rounded as one says it: 40 米, 350 米, 1.2 公里."""
    if metres < 1000:
        shown = max(10, round(metres / 10) * 10)
        return f"{shown}米" if language == "zh" else f"{shown} m"
    return f"{metres / 1000:.1f}公里" if language == "zh" else f"{metres / 1000:.1f} km"

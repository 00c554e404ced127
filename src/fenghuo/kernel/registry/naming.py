"""What people and papers call a place whose name in the code list is that of its committee."""

COMMITTEES = (
    ("村民委员会", "村"),
    ("村委会", "村"),
    ("社区居民委员会", "社区"),
    ("社区居委会", "社区"),
    ("居民委员会", "社区"),
    ("居委会", "社区"),
)


def spoken(name: str) -> str:
    """草堂营村 for 草堂营村委会, 西街社区 for 西街社区居委会; any other name as it stands."""
    for ending, place in COMMITTEES:
        if name.endswith(ending) and len(name) > len(ending):
            stem = name.removesuffix(ending)
            return stem if stem.endswith(place) else stem + place
    return name

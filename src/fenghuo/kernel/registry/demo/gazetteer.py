"""The demo county's places straight from its files, for reading texts where no county has been entered yet."""

from functools import lru_cache

from fenghuo.geo.gazetteer import Gazetteer, NamedPlace

from .places import YUCHAN, rows_of

COUNTY = ("610118000000", "0001")


@lru_cache(maxsize=1)
def demo_gazetteer() -> Gazetteer:
    code, path = COUNTY
    places = [NamedPlace(code, "鄠邑区", path, "county"), NamedPlace(code, "户县", path, "county", former=True)]
    paths: dict[str, str] = {}
    for place, row in enumerate(rows_of("towns.csv"), 1):
        paths[row["code"]] = f"{path}{place:04d}"
        latitude, longitude = (float(row["latitude"]), float(row["longitude"])) if row["latitude"] else YUCHAN
        places.append(NamedPlace(row["code"], row["name"], paths[row["code"]], "town", latitude, longitude))
    for place, row in enumerate(rows_of("villages.csv"), 1):
        places.append(NamedPlace(row["code"], row["name"], f"{paths[row['town_code']]}{place:04d}", "village"))
    return Gazetteer(places)

"""A plan without a proof, for when the search finds none within its effort: need after need the first that can go."""

from .field import Field
from .plans import Plan


def rough(field: Field) -> Plan:
    """Musts before shoulds, graver incidents first; nobody twice; limits are kept."""
    sent: dict[int, int] = {}
    holds = set[tuple[int, int, bool]]()
    holding: dict[int, set[int]] = {place: set() for place in range(len(field.slots))}
    for must in (True, False):
        order = sorted(
            range(len(field.slots)),
            key=lambda one: (-field.incidents[field.slots[one].incident].weight, one),
        )
        for place in order:
            slot = field.slots[place]
            most = field.incidents[slot.incident].most
            able = [one for one in field.can[:, place].nonzero()[0].tolist() if one not in holding[place]]
            able.sort(key=lambda one: (sent.get(one) != slot.incident, field.rank(one, slot.incident)))
            wanted = slot.must if must else slot.should
            for one in able:
                if not wanted:
                    break
                full = (
                    most is not None
                    and sum(at == slot.incident != field.going[who] for who, at in sent.items()) >= most
                )
                if sent.get(one, slot.incident) != slot.incident or (
                    full and not must and one not in sent and field.going[one] != slot.incident
                ):
                    continue
                sent[one] = slot.incident
                holding[place].add(one)
                holds.add((one, place, must))
                wanted -= 1
    return Plan(frozenset(sent.items()), frozenset(holds))

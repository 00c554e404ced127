#!/usr/bin/env python3
"""Check a proof of one journal entry without the journal: python3 proof_check.py proof.json [--root HEX]

核验一条日志的证明,不需要数据库,也不需要烽火:python3 proof_check.py proof.json [--root HEX]

Stands alone: Python 3.8 or later and its standard library. What is checked, and how to do it by hand with sha256sum,
stands in docs/algorithms/seals.md. Ends with 0 when the proof holds, 1 when it does not, 2 when it cannot be read.
--root: a hash of a seal (or a Merkle root) that you have kept yourself. Without it the proof only agrees with itself:
whoever rewrites a whole journal can make such a proof, but not one that leads to a hash that you hold.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import struct
import sys
from pathlib import Path
from typing import Any

FORMAT = "fenghuo-proof-1"
KEYS = {"format", "entry", "private", "path", "seals", "digest"}
ENTRY = {"position": int, "entry": int, "at": str, "about_rows": list, "text": str}
HEADER = {
    "v": int,
    "number": int,
    "first": int,
    "last": int,
    "count": int,
    "algorithm": str,
    "root": str,
    "previous": str,
    "sealed_at": str,
}
SEAL = {**HEADER, "hash": str}


class Refused(Exception):
    """Why the proof does not hold."""


def check(proof: Any, root: str | None = None) -> dict[str, Any]:
    """What is proven, as a dict. Raises: Refused."""
    _has(isinstance(proof, dict) and set(proof) == KEYS, "the proof has other parts than it should")
    _has(proof["format"] == FORMAT, "the format is not " + FORMAT)
    entry, seals = proof["entry"], proof["seals"]
    _shape("entry", entry, ENTRY)
    _has(all(_whole(key) for key in entry["about_rows"]), "about_rows are not whole numbers")
    _has(isinstance(seals, list) and seals, "there is no seal")
    for seal in seals:
        _shape("seal", seal, SEAL)
        _has(seal["algorithm"] in HASHES, "unknown algorithm: " + seal["algorithm"])
    rest = {name: part for name, part in proof.items() if name != "digest"}
    _has(proof["digest"] == HASHES[seals[-1]["algorithm"]](canonical(rest).encode()).hex(), "the proof was altered")
    _check_inclusion(entry, proof["path"], seals[0])
    for seal in seals:
        _check_seal(seal)
    for before, after in zip(seals, seals[1:]):  # noqa: B905, RUF007 - older Pythons have neither
        _has(after["previous"] == before["hash"], f"seal {after['number']} does not follow the one before")
        _has(after["number"] == before["number"] + 1, f"seal {after['number']} is not the next number")
        _has(after["first"] == before["last"] + 1, f"seal {after['number']} leaves positions out")
    text = _read(entry["text"])
    private = _check_private(proof["private"], text.get("private"))
    if root is not None:
        held = {seal["hash"] for seal in seals} | {seals[0]["root"]}
        _has(root.strip().lower() in held, "the proof does not lead to the root that you hold")
    return {
        "entry": entry["entry"],
        "position": entry["position"],
        "verb": text.get("verb"),
        "recorded_at": text.get("recorded_at"),
        "seal": seals[0]["number"],
        "sealed_at": seals[0]["sealed_at"],
        "newest_seal": seals[-1]["number"],
        "newest_hash": seals[-1]["hash"],
        "private": private,
        "root_held": root is not None,
    }


def canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def leaf_content(entry: dict[str, Any]) -> str:
    keys = ",".join(str(key) for key in entry["about_rows"])
    return f"{entry['position']} {entry['entry']} {entry['at']} {keys} {entry['text']}"


def _check_inclusion(entry: dict[str, Any], path: Any, seal: dict[str, Any]) -> None:
    """RFC 9162, 2.1.3.2: from the leaf up to the root."""
    digest = HASHES[seal["algorithm"]]
    index, last = entry["position"] - seal["first"], seal["count"] - 1
    _has(0 <= index <= last, "the position does not lie in the seal")
    _has(isinstance(path, list), "the path is not a list")
    node = digest(b"\x00" + leaf_content(entry).encode())
    for step in path:
        beside = _bytes(step)
        _has(last > 0, "the path is too long")
        if index % 2 or index == last:
            node = digest(b"\x01" + beside + node)
            while index and not index % 2:
                index, last = index // 2, last // 2
        else:
            node = digest(b"\x01" + node + beside)
        index, last = index // 2, last // 2
    _has(last == 0, "the path is too short")
    _has(node.hex() == seal["root"], "the entry does not lead to the root of its seal")


def _check_seal(seal: dict[str, Any]) -> None:
    as_many = seal["count"] == seal["last"] - seal["first"] + 1
    _has(seal["v"] == 1 and as_many, f"seal {seal['number']} counts wrongly")
    header = {name: value for name, value in seal.items() if name != "hash"}
    found = HASHES[seal["algorithm"]](canonical(header).encode()).hex()
    _has(found == seal["hash"], f"seal {seal['number']} was altered")


def _check_private(given: Any, commitment: Any) -> str:
    """What can be said of the private value: none, kept apart, shown, or destroyed by order N."""
    if given is None:
        return "none" if commitment is None else "kept apart"
    _has(isinstance(given, dict) and commitment is not None, "the entry has no private value")
    if set(given) == {"destroyed_by"}:
        _has(_whole(given["destroyed_by"]), "the number of the order is not a whole number")
        return f"destroyed by order {given['destroyed_by']}"
    _has(set(given) == {"value", "salt"} and isinstance(given["value"], str), "the private value cannot be read")
    found = hashlib.sha256(_bytes(given["salt"]) + given["value"].encode()).hexdigest()
    _has(found == commitment, "the private value is another one")
    return str(given["value"])


def _shape(name: str, part: Any, kinds: dict[str, type]) -> None:
    _has(isinstance(part, dict) and set(part) == set(kinds), f"the {name} has other parts than it should")
    for key, kind in kinds.items():
        good = _whole(part[key]) if kind is int else isinstance(part[key], kind)
        _has(good, f"{key} of the {name} cannot be read")


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _bytes(text: Any) -> bytes:
    """32 bytes, written in small hexadecimal digits and in no other way."""
    good = isinstance(text, str) and len(text) == 64 and set(text) <= set("0123456789abcdef")
    _has(good, "a hash is not 64 hexadecimal digits")
    return bytes.fromhex(text)


def _read(text: str) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(text)
    except ValueError:
        found = {}
    _has(isinstance(found, dict) and found, "the text of the entry cannot be read")
    return found


def _has(good: Any, otherwise: str) -> None:
    if not good:
        raise Refused(otherwise)


def _sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def sm3(data: bytes) -> bytes:
    """GB/T 32905-2016, written out: not every OpenSSL has it."""
    bits, mask = len(data) * 8, 0xFFFFFFFF
    data += b"\x80" + b"\x00" * ((55 - len(data)) % 64) + struct.pack(">Q", bits)
    state = [
        *(0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600),
        *(0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E),
    ]

    def turn(word: int, by: int) -> int:
        by %= 32
        return (word << by | word >> (32 - by)) & mask

    for start in range(0, len(data), 64):
        w = list(struct.unpack(">16I", data[start : start + 64]))
        for j in range(16, 68):
            x = w[j - 16] ^ w[j - 9] ^ turn(w[j - 3], 15)
            w.append((x ^ turn(x, 15) ^ turn(x, 23)) ^ turn(w[j - 13], 7) ^ w[j - 6])
        a, b, c, d, e, f, g, h = state
        for j in range(64):
            first = turn((turn(a, 12) + e + turn(0x79CC4519 if j < 16 else 0x7A879D8A, j)) & mask, 7)
            second = first ^ turn(a, 12)
            ff = a ^ b ^ c if j < 16 else (a & b) | (a & c) | (b & c)
            gg = e ^ f ^ g if j < 16 else (e & f) | (~e & mask & g)
            one = (ff + d + second + (w[j] ^ w[j + 4])) & mask
            two = (gg + h + first + w[j]) & mask
            a, b, c, d = one, a, turn(b, 9), c
            e, f, g, h = two ^ turn(two, 9) ^ turn(two, 17), e, turn(f, 19), g
        state = [old ^ new for old, new in zip(state, (a, b, c, d, e, f, g, h))]  # noqa: B905
    return struct.pack(">8I", *state)


HASHES = {"sha256": _sha256, "sm3": sm3}


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A name that stands twice would be read in one way by people and in another by programs."""
    found = dict(pairs)
    _has(len(found) == len(pairs), "a name stands twice")
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("proof")
    parser.add_argument("--root", help="a hash that you have kept (64 hexadecimal digits)")
    given = parser.parse_args()
    try:
        proof = json.loads(Path(given.proof).read_text(encoding="utf-8"), object_pairs_hook=_once)
        found = check(proof, given.root)
    except (OSError, ValueError) as error:
        print(f"The file cannot be read 文件无法读取: {error}", file=sys.stderr)
        return 2
    except Refused as error:
        print(f"REFUSED 证明不成立: {error}", file=sys.stderr)
        return 1
    print("The proof holds 证明成立")
    for name, value in found.items():
        if name != "root_held":
            print(f"  {name:<12} {value}")
    if not found["root_held"]:
        print("Compare newest_hash with one that was kept elsewhere 请将 newest_hash 与另行保存的封印值核对")
    return 0


if __name__ == "__main__":
    sys.exit(main())

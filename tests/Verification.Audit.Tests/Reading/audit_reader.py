"""Reads an audit log by docs/audit-format.md alone, with nothing but the standard library.

audit_reader.py LOG_FOLDER [PUBLIC_KEY.pem]

Prints each record as a line of JSON, and ends with an error on anything that is not as the document has it. With a public
key, every head's signature is checked by the openssl program.
"""
import datetime
import hashlib
import json
import os
import struct
import subprocess
import sys
import tempfile

HEADER, BLOCK, SEAL = 40, 32, 192


def make_crc_table():
    table = []
    for value in range(256):
        for _ in range(8):
            value = (value >> 1) ^ (0x82F63B78 if value & 1 else 0)
        table.append(value)
    return table


CRC_TABLE = make_crc_table()


def crc32c(data):
    crc = 0xFFFFFFFF
    for octet in data:
        crc = CRC_TABLE[(crc ^ octet) & 0xFF] ^ (crc >> 8)
    return crc ^ 0xFFFFFFFF


assert crc32c(b"123456789") == 0xE3069283


def check(condition, what, *where):
    if not condition:
        raise SystemExit("damaged: %s %s" % (what, " ".join(str(it) for it in where)))


class Reader:
    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, count):
        check(self.at + count <= len(self.data), "a body is cut short")
        self.at += count
        return self.data[self.at - count:self.at]

    def u8(self):
        return self.take(1)[0]

    def u64(self):
        return struct.unpack("<Q", self.take(8))[0]

    def number(self):
        value = shift = 0
        while True:
            octet = self.u8()
            value |= (octet & 0x7F) << shift
            shift += 7
            if octet < 0x80:
                return value

    def signed(self):
        value = self.number()
        return value // 2 if value % 2 == 0 else -(value + 1) // 2

    def text(self):
        return self.take(self.number()).decode("utf-8")


def permit_number(head, tail):
    def word(value):
        characters = ""
        while value:
            digit = value % 37
            check(1 <= digit, "a digit of a permit number")
            characters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[digit - 1] + characters
            value //= 37
        return characters
    return word(head) + word(tail)


def day(base, days):
    return (datetime.date(1, 1, 1) + datetime.timedelta(days=base + days)).isoformat()


class Block:
    """The frames of one block."""

    def __init__(self, base_instant, base_revision):
        self.base_instant, self.base_revision = base_instant, base_revision
        self.base_day = 719162 + base_instant // 86_400_000_000
        self.entries, self.message = [], None

    def entry(self, body):
        kind, rest = body[0], body[1:]
        if kind == 0x81:
            return [rest[1:].decode("utf-8"), rest[0]]
        if kind in (0x82, 0x85):
            return rest.decode("utf-8")
        if kind == 0x83:
            return list(rest)
        check(kind == 0x84 and len(rest) % 3 == 0, "a dictionary entry of kind", kind)
        return [list(rest[i:i + 3]) for i in range(0, len(rest), 3)]

    def record(self, body):
        reader = Reader(body)
        call, names, fields = reader.u8(), reader.u8(), reader.number()
        record = {"call": call, "entitlements": [], "decisions": []}

        def has(bit):
            return fields >> bit & 1

        if has(0):
            record["consumer"] = self.entries[reader.number()]
        if has(1):
            record["entitlements"] = self.entries[reader.number()]
        if has(2):
            record["decisions"] = self.entries[reader.number()]
        if has(3):
            record["status"], record["reasons"] = reader.u8(), reader.number()
            matches = reader.u8()
            record["subject_match"], record["card_match"] = matches & 15, matches >> 4
        if has(4):
            record["first_not_valid"] = [day(self.base_day, reader.signed()), reader.u8()]
        if has(5):
            record["role"] = reader.u8()
        if has(6):
            record["refusal"] = [self.entries[reader.number()], reader.number()]
        if has(7):
            record["as_of"] = day(self.base_day, reader.signed())
        if has(8):
            record["through"] = day(self.base_day, reader.signed())
        if has(9):
            record["card_edition"] = reader.number()
        if has(10):
            record["known_at"] = self.base_revision + reader.signed()
        if has(11):
            rulebook = self.entries[reader.number()]
            revision = self.base_revision + reader.signed()
            record["provenance"] = [revision, self.base_instant + reader.signed(), rulebook]
        record["instant"] = self.base_instant + reader.signed()
        item = reader.number() if has(12) else None
        if has(15):
            record["reference"] = reader.text()
        if has(16):
            record["note"] = reader.text()
        check(len(body) - reader.at == names, "where a record's names begin")
        if has(14):
            self.message = (record["instant"] // 1000).to_bytes(6, "big") + reader.take(10)
        elif not has(13):
            self.message = reader.take(16)
        record["check_id"] = self.message.hex() + ("" if item is None else "-%d" % item)
        if has(17):
            head = reader.u64()
            record["number"] = permit_number(head, reader.number())
        if has(18):
            document = reader.u8()
            record["identity"] = [document, reader.take(16).hex()]
        check(fields >> 19 == 0 and reader.at == len(body), "a record has more than its fields")
        return record


class Chain:
    def __init__(self, log_id, public_key):
        self.log_id, self.public_key = log_id, public_key
        self.sequence, self.hash = 1, bytes(32)

    def seal(self, number, covered, seal):
        sequence, = struct.unpack("<q", seal[8:16])
        check(sequence == self.sequence, "sequence", sequence, "where there should be", self.sequence)
        check(seal[40:72] == self.hash, "the hash before block", sequence)
        if covered is not None:
            check(hashlib.sha256(self.hash + covered + seal[:40]).digest() == seal[72:104], "the hash of block", sequence)
        self.head(number, seal)
        self.sequence, self.hash = sequence + 1, seal[72:104]

    def head(self, number, seal):
        check(seal[104:112] == b"\xff\xfeAUHEAD", "no head")
        if self.public_key is None:
            return
        message = b"permit audit head 1\n" + self.log_id + struct.pack("<i", number) + seal[:104]
        check(seal[112:128] == self.public_key.id, "the key's id")
        self.public_key.verify(message, seal[128:160], seal[160:192])


class PublicKey:
    def __init__(self, path):
        self.path = path
        der = subprocess.run(["openssl", "pkey", "-pubin", "-in", path, "-outform", "DER"], check=True, capture_output=True).stdout
        self.id = hashlib.sha256(der).digest()[:16]

    def verify(self, message, r, s):
        def integer(value):
            value = value.lstrip(b"\0") or b"\0"
            value = b"\0" + value if value[0] & 0x80 else value
            return b"\x02" + bytes([len(value)]) + value
        body = integer(r) + integer(s)
        with tempfile.NamedTemporaryFile() as signature:
            signature.write(b"\x30" + bytes([len(body)]) + body)
            signature.flush()
            done = subprocess.run(
                ["openssl", "dgst", "-sha256", "-verify", self.path, "-signature", signature.name], input=message, capture_output=True)
        check(done.returncode == 0, "a signature")


def read_block(data, begin, number, chain, records):
    at = begin + HEADER if data[begin:begin + 8] == b"PVAUDIT1" else begin
    head = data[at:at + BLOCK]
    check(head[:4] == b"BLCK" and struct.unpack("<I", head[28:])[0] == crc32c(head[:28]), "the header of the block at", begin)
    sequence, base_instant, base_revision = struct.unpack("<qqq", head[4:28])
    block, count = Block(base_instant, base_revision), 0
    at += BLOCK
    while data[at:at + 2] != b"\xff\xff":
        length, = struct.unpack("<H", data[at:at + 2])
        check(1 <= length <= 2048, "the length of the frame at", at)
        body = data[at + 2:at + 2 + length]
        check(struct.unpack("<I", data[at + 2 + length:at + 6 + length])[0] == crc32c(data[at:at + 2 + length]), "the frame at", at)
        if body[0] & 0x80:
            block.entries.append(block.entry(body))
        else:
            records.append(block.record(body))
            count += 1
        at += length + 6
    seal = data[at:at + SEAL]
    check(len(seal) == SEAL and seal[:8] == b"\xff\xffAUSEAL", "the seal at", at)
    check(struct.unpack("<I", seal[36:40])[0] == crc32c(seal[:36]), "what the seal says at", at)
    sealed, records_said, flags, _, length = struct.unpack("<qiiqi", seal[8:36])
    check((sealed, records_said, length) == (sequence, count, at - begin), "a seal of another block at", at)
    chain.seal(number, data[begin:at], seal)
    return at + SEAL, flags


def check_header(data, log_id, number):
    header = data[:HEADER]
    check(header[:8] == b"PVAUDIT1" and struct.unpack("<I", header[36:])[0] == crc32c(header[:36]), "the segment's header")
    check(header[8:24] == log_id and struct.unpack("<i", header[24:28])[0] == number, "another segment's header")


def main(folder, key_path=None):
    log_id = bytes.fromhex(os.path.basename(folder.rstrip("/")).split("-")[1])
    chain, flags, records = Chain(log_id, PublicKey(key_path) if key_path else None), 0, []
    for name in sorted(os.listdir(folder)):
        stem, _, kind = name.partition(".")
        if kind not in ("segment", "end"):
            continue
        with open(os.path.join(folder, name), "rb") as file:
            data = file.read()
        check_header(data, log_id, int(stem))
        if kind == "end":
            first, last = data[HEADER:HEADER + SEAL], data[HEADER + SEAL:]
            chain.seal(int(stem), None, first)
            chain.head(int(stem), last)
            chain.sequence, chain.hash = struct.unpack("<q", last[8:16])[0] + 1, last[72:104]
            continue
        begin = 0
        while begin < len(data):
            begin, flags = read_block(data, begin, int(stem), chain, records)
        check(flags & 1, "a segment without its end", name)
    check(flags & 2, "the log is open-ended")
    sys.stdout.reconfigure(encoding="utf-8")
    for record in records:
        print(json.dumps(record, ensure_ascii=False))


if __name__ == "__main__":
    main(*sys.argv[1:])

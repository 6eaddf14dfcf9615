# SPDX-License-Identifier: MIT
"""Reading single pages of an encrypted project, for those of a damaged one that SQLCipher does not reach any more.

SQLCipher 4 encrypts each page by itself, with AES-256 in CBC mode, and signs it (zetetic.net/sqlcipher/design). Only
decryption is here, a hundredth of a second a page; whatever works on a sound file uses the library.
"""

import hmac

from annotator.store.driver import Key, signing_key

_SIGNATURE, _IV, _BLOCK = 64, 16, 16
_SALT = 16
_MAGIC = b"SQLite format 3\x00"


class PageCipher:
    """Decrypts the pages of one file.

    Attributes:
        key: what opens the file.
    """

    def __init__(self, key: Key) -> None:
        self._signing = signing_key(key)
        self._rounds = _expanded(key.raw)

    def __call__(self, number: int, content: bytes) -> bytes | None:
        """Return the readable content of a page; None where it is not what was written."""
        start = _SALT if number == 1 else 0
        signed, signature = content[start:-_SIGNATURE], content[-_SIGNATURE:]
        if hmac.digest(self._signing, signed + number.to_bytes(4, "little"), "sha512") != signature:
            return None
        secret, before = signed[:-_IV], signed[-_IV:]
        plain = bytearray()
        for place in range(0, len(secret), _BLOCK):
            block = secret[place : place + _BLOCK]
            plain += bytes(one ^ other for one, other in zip(_decrypted(block, self._rounds), before, strict=True))
            before = block
        head = _MAGIC if number == 1 else b""
        return head + bytes(plain) + bytes(_IV + _SIGNATURE)


def _times(one: int, two: int) -> int:
    """Multiply in the field of AES."""
    product = 0
    while two:
        product ^= one * (two & 1)
        one = one << 1 ^ (0x11B if one & 0x80 else 0)
        two >>= 1
    return product


def _boxes() -> tuple[bytes, bytes]:
    """Return the substitution of AES and its inverse."""
    box, inverse = bytearray(256), bytearray(256)
    one = other = 1
    while True:
        one = _times(one, 3)
        other = _times(other, 0xF6)  # the inverse of 3
        mixed = other
        for turn in range(1, 5):
            mixed ^= (other << turn | other >> 8 - turn) & 0xFF
        box[one], inverse[mixed ^ 0x63] = mixed ^ 0x63, one
        if one == 1:
            break
    box[0], inverse[0x63] = 0x63, 0
    return bytes(box), bytes(inverse)


_BOX, _INVERSE = _boxes()
_NINE, _ELEVEN, _THIRTEEN, _FOURTEEN = (bytes(_times(byte, by) for byte in range(256)) for by in (9, 11, 13, 14))
#: Where each byte comes from when the rows are shifted back.
_SHIFTED = tuple((place - 4 * (place % 4)) % 16 for place in range(16))


def _expanded(key: bytes) -> list[bytes]:
    """Return the keys of all rounds."""
    words = [key[place : place + 4] for place in range(0, len(key), 4)]
    count, constant = len(words), 1
    while len(words) < 4 * (count + 7):
        word = words[-1]
        if len(words) % count == 0:
            word = bytes(_BOX[byte] for byte in word[1:] + word[:1])
            word = bytes((word[0] ^ constant, *word[1:]))
            constant = _times(constant, 2)
        elif len(words) % count == 4:
            word = bytes(_BOX[byte] for byte in word)
        words.append(bytes(one ^ other for one, other in zip(words[-count], word, strict=True)))
    return [b"".join(words[place : place + 4]) for place in range(0, len(words), 4)]


def _decrypted(block: bytes, rounds: list[bytes]) -> bytes:
    state = [one ^ other for one, other in zip(block, rounds[-1], strict=True)]
    for key in rounds[-2:0:-1]:
        state = [_INVERSE[state[_SHIFTED[place]]] ^ key[place] for place in range(16)]
        mixed = []
        for column in range(0, 16, 4):
            a, b, c, d = state[column : column + 4]
            mixed += [
                _FOURTEEN[a] ^ _ELEVEN[b] ^ _THIRTEEN[c] ^ _NINE[d],
                _NINE[a] ^ _FOURTEEN[b] ^ _ELEVEN[c] ^ _THIRTEEN[d],
                _THIRTEEN[a] ^ _NINE[b] ^ _FOURTEEN[c] ^ _ELEVEN[d],
                _ELEVEN[a] ^ _THIRTEEN[b] ^ _NINE[c] ^ _FOURTEEN[d],
            ]
        state = mixed
    return bytes(_INVERSE[state[_SHIFTED[place]]] ^ rounds[0][place] for place in range(16))

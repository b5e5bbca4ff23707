"""Write `mock_server/access/blocklist.txt`: common passwords of 12 code points and more (SR-AUTH-02).

The list is our own work: habits that people are known for (a word and a number, a word twice, rows of keys,
short sentences) applied to everyday words. Nothing comes from leaked data. Same script, same file:

    python tools/build_blocklist.py [--check]
"""

import argparse
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path

TARGET = Path(__file__).parents[1] / "mock_server" / "access" / "blocklist.txt"
SHORTEST, LONGEST = 12, 40
HEADER = "# Common passwords of 12 code points and more, casefolded. Written by tools/build_blocklist.py."

WORDS = """
access account admin administrator america angel apple august autumn baby banana baseball basketball
batman beach beautiful billing blessed butterfly buster cheese chicken chocolate clinic coffee computer
cookie cowboys december diamond doctor dolphin dragon eagles elephant family february flower football
forever freedom friday friends garden ginger guitar hannah happy harley healthcare heaven hello hockey
holiday hospital hunter iloveyou internet january jesus jordan justice killer letmein liberty login london
lovely manager master matthew maverick medical mercedes michael mickey monday monkey morning mother mustang
nurse october office orange patient peanut pepper physician pokemon practice princess purple quality rainbow
ranger report sailing samsung saturday secret security september shadow silver snoopy soccer spider spring
starwars steelers student summer sunday sunflower sunshine superman support sweet system teacher temporary
test thunder tigers trustno trouble tuesday user victory weather wednesday whatever william windows winner
winter wizard yankees yellow
"""
NUMBERS = "1 12 123 1234 12345 123456 12345678 01 007 99 100 111 321 777 2020 2021 2022 2023 2024 2025"
MARKS = ("", "!", ".")
JOINTS = ("", "-", "_", " ")
ROWS = "qwertyuiop asdfghjkl zxcvbnm 1234567890 0987654321 qazwsxedc 1q2w3e4r5t6y abcdefghijklmnop"
GROUPS = "12 01 ab xy qw abc 123 1234 abcd qwe 0 1 2 3 4 5 6 7 8 9 a b c d e f g h k m o q s x z * . !"
SENTENCES = """
correct horse battery staple
open sesame please
let me in now please
this is my password
i forgot my password
change me please
do not forget this
my voice is my password
i love you forever
i love my family
god is good always
welcome to the office
thank you very much
have a nice day
never give up
the quick brown fox
to be or not to be
may the force be with you
live long and prosper
home sweet home
rock and roll
once upon a time
happy birthday to you
keep it simple
one two three four
first password ever
default password
temporary password
new password please
"""


def numbered() -> Iterator[str]:
    """A word, a number, perhaps a mark."""
    for word, number, mark in product(WORDS.split(), NUMBERS.split(), MARKS):
        yield f"{word}{number}{mark}"


def joined() -> Iterator[str]:
    """A word twice or thrice."""
    for word, joint in product(WORDS.split(), JOINTS):
        yield joint.join((word, word))
        yield joint.join((word, word, word))


def keyed() -> Iterator[str]:
    """Rows of keys, one after another, back and forth, repeated and cut; groups of characters repeated."""
    rows = ROWS.split()
    for row in rows:
        for text in (row, row[::-1], row + row[::-1], *(row + other for other in rows)):
            yield from (text[:length] for length in range(SHORTEST, len(text) + 1))
    for group, length in product(GROUPS.split(), range(SHORTEST, 21)):
        yield (group * length)[:length]


def spoken() -> Iterator[str]:
    """Short sentences with the usual joints and endings."""
    for sentence, joint, ending in product(SENTENCES.strip().splitlines(), JOINTS, ("", "1", "123", "!")):
        yield sentence.replace(" ", joint) + ending


def entries() -> list[str]:
    """All entries in order, each once; longer ones than anybody types by habit are left out."""
    found = {text.casefold() for source in (numbered(), joined(), keyed(), spoken()) for text in source}
    return sorted(text for text in found if SHORTEST <= len(text) <= LONGEST)


def main() -> int:
    """Write the file, or with `--check` say whether it is up to date."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if the file differs")
    arguments = parser.parse_args()
    text = "\n".join((HEADER, *entries())) + "\n"
    if arguments.check:
        return 0 if TARGET.exists() and TARGET.read_text("utf-8") == text else 1
    TARGET.write_text(text, "utf-8")
    print(f"{len(entries())} entries")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Resolves "he", "they", "the group", "the ministry", "the army" to somebody named in the same report."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from reportedly.knowledge.demonyms import load_metonyms
from reportedly.reading.actors import ROLE_WORDS, TITLES, FoundActor, label
from reportedly.reading.parse import SUBJECTS, Parse, Token
from reportedly.records import Actor

if TYPE_CHECKING:
    from reportedly.linking.register import Register

SINGULAR_PERSON = frozenset({"he", "she", "him", "her", "his", "hers", "himself", "herself"})
PLURAL = frozenset({"they", "them", "their", "theirs", "themselves", "those"})
THING = frozenset({"it", "its", "itself"})
FIRST_PERSON = frozenset({"we", "our", "us", "ours", "i", "my", "me"})
GROUP_NOUNS = frozenset(
    "coalition alliance group movement organization organisation network faction outfit militia gang cartel".split()
)
ANY_FORCES = frozenset({"forces", "fighter", "fighters"})
"""Words for rebels that may as well be soldiers of a coalition."""
UNION_NOUNS = frozenset({"coalition", "alliance", "bloc"})
"""Words for sides that join: they never stand for one armed group."""
UNION_KINDS = frozenset({"international_force", "international_organisation"})
COLLECTIVE = GROUP_NOUNS | frozenset(
    "police army military government militia navy opposition regime side crowd mob public staff crew team family front wing "
    "coalition court tribunal council committee commission ministry agency office assembly parliament congress senate cabinet "
    "embassy mission party union institute bureau department administration command junta jury".split()
)
"""Singular words for many people: "they" may stand for them."""
REBEL_NOUNS = frozenset(
    "rebel rebels insurgent insurgents militant militants guerrilla guerrillas fighter fighters separatists jihadists "
    "extremists terrorists gunmen Islamists islamists forces kidnappers abductors captors hijackers attackers assailants "
    "bandits".split()
)
SERVICE_NOUNS: dict[str, str] = {
    "army": "army", "military": "military", "troops": "military", "soldiers": "military", "armed forces": "military",
    "police": "police", "policemen": "police", "officers": "police", "security forces": "security-forces",
    "government": "government", "authorities": "government", "officials": "government",
    "regime": "government", "state": "government",
}  # fmt: skip
"""Bare words for a state's services, to the endings of register ids that name them ("pk-police")."""
PARTICULAR = frozenset({"troops", "soldiers", "policemen", "officers", "officials"})
"""Service words that often name some people in particular, not the service."""
ISSUING = frozenset(
    "release releases released releasing publish publishes published issue issues issued post posted posts broadcast "
    "aired sent send circulated distributed uploaded put made".split()
)
SPEAKERS = frozenset("spokesman spokeswoman spokesperson spokesmen spokespersons spokespeople".split())
MEDIUM_NOUNS = frozenset(
    "video videos footage statement communique communiqué message recording audio clip letter broadcast tweet post".split()
)
REBELLIOUS = REBEL_NOUNS - {"forces"} | frozenset(
    {"enemy", "jihadist", "guerrilla", "hostile", "extremist", "terrorist", "separatist"}
)
"""What "forces" must be called to stand for an armed group named before."""
APART = frozenset(
    "government regime army state security coalition allied foreign international tribal local rival other loyalist "
    "opposing peacekeeping pro-government anti-government friendly".split()
)
"""Words that set armed people apart from the group named before ("tribal fighters", "rival militants")."""
UNIDENTIFIED = frozenset("gunmen attackers assailants bandits kidnappers abductors captors hijackers forces".split())
"""Armed people whom a report often leaves unnamed on purpose."""
MILITARY_ALLIANCES = frozenset({"nato", "csto"})
"""Organisations of the register that are called "the alliance"."""
BESIDE = frozenset({"appos", "compound", "nmod"})
URGING = frozenset(
    "urge urges urged urging press presses pressed pressing ask asks asked asking tell tells told order orders ordered "
    "ordering force forces forced forcing persuade persuaded push pushed pushing allow allows allowed encourage encouraged "
    "pressure pressured pressuring accuse accuses accused accusing blame blames blamed blaming warn warns warned warning".split()
)
"""Verbs that make their object do what follows, or charge it with that."""
TELLING_WHICH = frozenset({"relcl", "acl", "prep"})
WINDOW = 6
"""How many sentences back a reference may reach."""


def is_first_person(token: Token) -> bool:
    """True for "we", "our", "I": whoever speaks; not for "US", the state.

    >>> is_first_person(Token(0, "us", 0, "PRP", "dobj", "", False, 0))
    True
    >>> is_first_person(Token(0, "US", 0, "NNP", "nsubj", "", False, 0))
    False
    """
    return token.lower in FIRST_PERSON and not (token.text == "US" and token.tag.startswith("NNP"))


class Discourse:
    """The actors of one report in order, asked who a pronoun or bare noun stands for."""

    def __init__(
        self,
        parse: Parse,
        actors: list[FoundActor],
        register: Register,
        country: str | None,
        demonyms: Mapping[str, str],
        metonyms: Mapping[str, str] | None = None,
    ) -> None:
        self.demonyms, self.metonyms = demonyms, load_metonyms() if metonyms is None else metonyms
        self.parse, self.actors, self.register, self.country = parse, actors, register, country
        self.starts = [actor.first for actor in actors]
        self.cover: dict[int, int] = {i: n for n, a in enumerate(actors) for i in range(a.first, a.last + 1)}
        self.own: dict[int, FoundActor] = {}
        """Whose "our troops" are, by the first token of the mention: whoever is heard to say it."""
        self.main_group = self._main_group()
        self.owners = self._owners()
        self.media = self._media()

    def _main_group(self) -> FoundActor | None:
        """The one armed group that the report is about: named twice or more, and far more often than any other."""
        groups = Counter(
            found.actor.id for found in self.actors if found.actor.kind in ("armed_group", "militia") and found.actor.id
        )
        ranked = groups.most_common(2)
        if not ranked or ranked[0][1] < 2 or (len(ranked) > 1 and ranked[1][1] * 2 > ranked[0][1]):
            return None
        return next(found for found in self.actors if found.actor.id == ranked[0][0])

    def _owners(self) -> dict[str, FoundActor]:
        """Whom each person speaks for or serves, by the person's name: "X, a spokesman for the army", "rebel leader X"."""
        owners: dict[str, FoundActor] = {}
        for mention in self.actors:
            if mention.actor.kind != "person" or mention.actor.name in owners:
                continue
            owner = self._owner_of(mention)
            if owner is not None:
                owners[mention.actor.name] = owner
        return owners

    def _owner_of(self, mention: FoundActor) -> FoundActor | None:
        if mention.inside is not None and mention.inside.actor.kind not in ("state", "community", "person"):
            return mention.inside
        head = self.parse.tokens[mention.head]
        offices = [head, *head.kids("appos")]
        if head.dep == "appos":
            offices.append(head.head)
        for office in offices:
            for child in office.children:
                if child.dep == "prep" and child.lower in ("for", "of") and (office is not head or mention.actor.kind == "class"):
                    noun = child.child("pobj")
                    found = self.at(noun.i) if noun is not None else None
                    if found is not None and found.actor.kind != "person":
                        return self.resolve(found)
                if (
                    child.dep in ("poss", "compound", "amod", "nmod")
                    and (found := self.at(child.i)) is not None
                    and found is not mention
                ):
                    if found.actor.kind not in ("person", "community"):
                        return self.resolve(found)
        before = self.at(mention.first - 1) if mention.first else None
        if before is not None and before.actor.kind not in ("person", "class", "community") and mention.first - before.last == 1:
            return before
        return None

    def _media(self) -> list[tuple[int, FoundActor]]:
        """Videos, statements and the like with the actor they come from, in the order of the text."""
        found: list[tuple[int, FoundActor]] = []
        for token in self.parse.tokens:
            if token.lower not in MEDIUM_NOUNS or not token.is_noun:
                continue
            owner = self._medium_owner(token)
            if owner is not None:
                found.append((token.i, owner))
        return found

    def _medium_owner(self, token: Token) -> FoundActor | None:
        for child in token.children:
            if (
                child.dep in ("poss", "compound", "nmod", "amod")
                and (found := self.at(child.i)) is not None
                and self._publishes(found)
            ):
                return self.resolve(found)
            if child.dep in ("prep", "agent", "acl"):
                for inner in child.subtree():
                    if (
                        (found := self.at(inner.i)) is not None
                        and self._publishes(found)
                        and child.lower in ("by", "from", "of", "released", "issued")
                    ):
                        return self.resolve(found)
        first, past = self.parse.sents[token.sent]
        here = [found for i in range(first, past) if (found := self.at(i)) is not None and self._publishes(found)]
        wings = [found for found in here if found.actor.kind == "media_wing"]
        if wings:
            return wings[0]
        subjects = [found for found in here if self.parse.tokens[found.head].dep in SUBJECTS]
        if subjects and (token.dep == "pobj" or (token.dep == "dobj" and token.head.lower in ISSUING)):
            return self.resolve(subjects[0])
        return None

    def _publishes(self, found: FoundActor) -> bool:
        return found.actor.kind not in ("class", "community", "state", "unknown") and not found.generic

    def medium_owner(self, token: Token) -> FoundActor | None:
        """The actor whose video or statement a medium word names, from its own words or the last one of that kind before."""
        known = [owner for i, owner in self.media if i == token.i]
        if known:
            return known[0]
        if any(child.dep == "det" and child.lower in ("a", "an", "another") for child in token.children):
            return None
        same = [
            owner for i, owner in self.media if i < token.i and self.parse.tokens[i].lower.rstrip("s") == token.lower.rstrip("s")
        ]
        return same[-1] if same else None

    def at(self, i: int) -> FoundActor | None:
        """The actor mention that covers token ``i``."""
        number = self.cover.get(i)
        return None if number is None else self.actors[number]

    def before(self, i: int) -> list[FoundActor]:
        """Mentions before token ``i`` within reach, nearest sentence first, subjects before others in a sentence."""
        sent = self.parse.tokens[i].sent
        near: list[tuple[int, int, int, FoundActor]] = []
        for number in range(bisect_left(self.starts, i) - 1, -1, -1):
            mention = self.actors[number]
            distance = sent - self.parse.tokens[mention.first].sent
            if distance > WINDOW:
                break
            subject = self.parse.tokens[mention.head].dep in SUBJECTS
            near.append((distance, 0 if subject else 1, mention.first if distance else -mention.first, mention))
        return [entry[3] for entry in sorted(near, key=lambda entry: entry[:3])]

    def resolve(self, mention: FoundActor) -> FoundActor:
        """The mention with the reading of what it refers to, if it is generic and a referent is found; else as it is."""
        if self.parse.tokens[mention.head].lower in SPEAKERS and mention.actor.kind == "class":
            return self.borrow(mention, self._owner_of(mention))
        if not mention.generic:
            return mention
        if (side := self.own.get(mention.first)) is not None and (own := self.of_side(mention, side)) is not None:
            return own
        word = self.parse.tokens[mention.last].lower
        article = self.definite(mention)
        if word in UNION_NOUNS:
            return self.borrow(mention, self.nearest_union(mention)) if article else mention
        if word in REBEL_NOUNS and self.set_apart(mention):
            return mention
        if word in GROUP_NOUNS and article:
            return self.borrow(mention, self.nearest_armed(mention.first, named=True))
        if word in REBEL_NOUNS and article:
            return self.borrow(mention, self.nearest_armed(mention.first, named=False, rebels=word not in ANY_FORCES))
        if word in REBEL_NOUNS - UNIDENTIFIED and self.main_group is not None:
            return self.borrow(mention, self.main_group)
        if (ending := SERVICE_NOUNS.get(word)) is not None and (word not in PARTICULAR or self.unqualified(mention)):
            return self.borrow(mention, self.service(mention, ending))
        return mention

    def state(self, token: Token) -> FoundActor | None:
        """The state that an adjective names ("Israeli"), as a mention at the adjective; ``None`` for other words."""
        code = self.demonyms.get(token.lower)
        entry = self.register.by_id(code.lower()) if code else None
        if entry is None or not token.text[:1].isupper():
            return None
        actor = Actor(text=token.text, start=token.start, end=token.end, name=entry.name, id=entry.id, kind=entry.kind)
        return FoundActor(actor=actor, first=token.i, last=token.i, head=token.i, armed=True, country=code)

    def metonym(self, token: Token) -> FoundActor | None:
        """The government that a capital stands for ("Moscow denies"), as a mention at the name."""
        entry_id = self.metonyms.get(token.text)
        entry = self.register.by_id(entry_id) if entry_id else None
        if entry is None:
            return None
        actor = Actor(text=token.text, start=token.start, end=token.end, name=entry.name, id=entry.id, kind=entry.kind)
        country = entry.countries[0] if entry.countries else None
        return FoundActor(actor=actor, first=token.i, last=token.i, head=token.i, armed=None, group="officials", country=country)

    def unqualified(self, mention: FoundActor) -> bool:
        """True for "the officials" and for bare "officials" that speak; "nine officials" are some in particular."""
        head = self.parse.tokens[mention.head]
        if mention.first != mention.last or head.kids("nummod", "amod", "quantmod", "compound"):
            return False
        return self.definite(mention) or head.dep in SUBJECTS

    def definite(self, mention: FoundActor) -> bool:
        first = self.parse.tokens[mention.first]
        before = self.parse.tokens[mention.first - 1] if mention.first else None
        if before is not None and before.lower == "that" and before.dep != "det":
            return False
        pointing = ("the", "these", "those", "its", "their", "this", "that")
        return (before is not None and before.lower in pointing) or first.lower in ("the", "these", "those")

    def set_apart(self, mention: FoundActor) -> bool:
        """True for "coalition forces", "rival militants": other people than the group named before."""
        words = [token.lower for token in self.parse.tokens[mention.first : mention.last]]
        if any(word in APART for word in words):
            return True
        return bool(words) and self.parse.tokens[mention.last].lower == "forces" and not any(word in REBELLIOUS for word in words)

    def nearest_union(self, mention: FoundActor) -> FoundActor | None:
        """The coalition or alliance named before; ``None`` where nothing named is one."""
        word = self.parse.tokens[mention.last].lower
        for found in self.before(mention.first):
            if found.generic or found is mention:
                continue
            called = found.actor.name.lower()
            if found.actor.kind in UNION_KINDS and (word in called or self.allied(found)):
                return found
            if word in called.split():
                return found
        return None

    @staticmethod
    def allied(found: FoundActor) -> bool:
        """True for treaty organisations with forces of their own: "the alliance" after NATO."""
        return found.actor.kind == "international_force" or (found.actor.id or "") in MILITARY_ALLIANCES

    def nearest_armed(self, i: int, named: bool, *, rebels: bool = False) -> FoundActor | None:
        """The armed side mentioned before; ``rebels`` where the word for it is none for peacekeepers or a coalition."""
        near = [found.inside or found for found in self.before(i)]
        candidates = [
            found
            for found in near
            if not found.generic
            and (
                found.actor.kind in ("armed_group", "militia", "party", *(() if rebels else ("international_force",)))
                or (not named and found.actor.kind == "class" and found.group == "armed_group")
            )
        ]
        return candidates[0] if candidates else None

    def whole_of(self, mention: FoundActor) -> list[FoundActor]:
        """The group that a media wing belongs to, by the register; empty where it names none."""
        entry = self.register.by_id(mention.actor.id) if mention.actor.id else None
        whole = self.register.by_id(entry.part_of) if entry is not None and entry.part_of else None
        if whole is None:
            return []
        update = {"name": label(whole), "id": whole.id, "kind": whole.kind, "basis": "inferred"}
        return [replace(mention, actor=mention.actor.model_copy(update=update), armed=True, group="armed_group")]

    def speakers_own(self, mention: FoundActor) -> bool:
        """True for "our troops": those of whoever speaks."""
        owner = self.parse.tokens[mention.head].child("poss")
        return owner is not None and is_first_person(owner)

    def of_side(self, mention: FoundActor, side: FoundActor) -> FoundActor | None:
        """The fighters of a group or a service of a state: "our troops" said by a minister; ``None`` for words of neither."""
        if side.actor.kind in ("armed_group", "militia"):
            return self.borrow(mention, side)
        ending = SERVICE_NOUNS.get(self.parse.tokens[mention.last].lower)
        abroad = replace(mention, country=side.country)
        return self.borrow(abroad, self.service(abroad, ending)) if ending is not None else None

    def service(self, mention: FoundActor, ending: str) -> FoundActor | None:
        """The named service of that kind mentioned before, else the one of the country that the report is about."""
        code = mention.country or self.country
        if code is None:
            return None
        for suffix in (ending, "security-forces" if ending == "military" else ending, "army" if ending == "military" else ending):
            entry = self.register.by_id(f"{code.lower()}-{suffix}")
            if entry is not None:
                name = self.with_demonym(code, mention)
                actor = mention.actor.model_copy(update={"name": name, "id": entry.id, "kind": entry.kind, "basis": "inferred"})
                return replace(mention, actor=actor, country=code)
        return None

    def with_demonym(self, code: str, mention: FoundActor) -> str:
        """ "Pakistani police" for "police" in a report on Pakistan; "Government of Pakistan" for "the government"."""
        word = self.parse.tokens[mention.last].lower
        if word in ("government", "state", "regime"):
            entry = self.register.by_id(f"{code.lower()}-government")
            return entry.name if entry is not None else mention.actor.name
        police = self.register.by_id(f"{code.lower()}-police")
        demonym = police.name.rsplit(" ", 1)[0] if police is not None and police.name.lower().endswith(" police") else ""
        return f"{demonym} {mention.actor.name}".strip()

    def borrow(self, mention: FoundActor, referent: FoundActor | None) -> FoundActor:
        if referent is None:
            return mention
        if referent.first == mention.first:
            return replace(referent, generic=False)
        update = {"name": referent.actor.name, "id": referent.actor.id, "kind": referent.actor.kind, "basis": "reference"}
        actor = mention.actor.model_copy(update=update)
        return replace(mention, actor=actor, armed=referent.armed, group=referent.group, country=referent.country, generic=False)

    def pronoun(self, token: Token) -> FoundActor | None:
        """Who a pronoun stands for, as a mention at the pronoun itself; ``None`` where nobody fits."""
        word = token.lower
        if word == "those" and any(child.dep in TELLING_WHICH for child in token.children):
            return None
        subject = self.barred(token)
        doer = self.at(subject.i) if subject is not None else None

        def other(found: FoundActor) -> bool:
            return doer is None or (found is not doer and found.actor.name != doer.actor.name)

        if word in SINGULAR_PERSON:
            referent = self.first(
                token.i, lambda found: (found.actor.kind == "person" or self.single_role(found)) and other(found)
            )
        elif word in PLURAL:
            referent = self.first(
                token.i,
                lambda found: (
                    found.actor.kind not in ("person", "media")
                    and not self.single_role(found)
                    and not self.describes(found)
                    and other(found)
                ),
            )
        elif word in THING:
            referent = (
                self.medium_subject(token)
                or self.controller(token)
                or self.body_speaking(token)
                or self.first(
                    token.i, lambda found: found.actor.kind not in ("person", "class", "community") or self.is_group_noun(found)
                )
            )
        else:
            return None
        return None if referent is None else self.stand_in(token, self.resolve(referent))

    def controller(self, token: Token) -> FoundActor | None:
        """The one made to do something with what is his: Niger in "urged Niger to withdraw its troops"."""
        verb = next((above for above in token.ancestors() if above.is_verb), None)
        if token.dep != "poss" or verb is None or verb.dep not in ("xcomp", "advcl", "ccomp", "pcomp"):
            return None
        urging = verb.head.head if verb.dep == "pcomp" else verb.head
        moved = urging.child("dobj") if urging.lower in URGING else None
        found = self.at(moved.i) if moved is not None and moved.i < verb.i else None
        if found is None or (found.actor.kind == "class" and moved is not None and moved.lower not in COLLECTIVE):
            return None
        return found if found.actor.kind not in ("person", "community") else None

    def barred(self, token: Token) -> Token | None:
        """The subject that an object pronoun cannot stand for: in "police chased and beat them", not the police."""
        if token.dep not in ("dobj", "pobj", "dative", "iobj"):
            return None
        above = token.head.head if token.dep == "pobj" else token.head
        verb = above if above.is_verb else None  # in "retaliated for the campaign against them", they may be the subject
        while verb is not None:
            subject = verb.child(*SUBJECTS)
            if subject is not None:
                return subject
            verb = verb.head if verb.dep in ("conj", "xcomp", "pcomp", "advcl") and verb.tag != "VBN" else None
            if verb is not None and not verb.is_verb:
                verb = verb.head if verb.dep == "prep" and verb.head.is_verb else None
        return None

    def medium_subject(self, token: Token) -> FoundActor | None:
        """The owner of the video or statement that is the subject of the sentence before ("The video … It portrays …")."""
        if token.dep not in SUBJECTS or token.sent == 0:
            return None
        for before in self.parse.sentence(token.sent - 1):
            if before.dep in SUBJECTS and before.head.dep == "ROOT":
                return self.medium_owner(before) if before.lower in MEDIUM_NOUNS else None
        return None

    def body_speaking(self, token: Token) -> FoundActor | None:
        """The body that speaks of itself as "it": the military in "The military says it has deployed troops"."""
        verb = token.head
        while token.dep in SUBJECTS and verb.dep in ("ccomp", "conj") and verb.head.is_verb:
            above, joined = verb.head, verb.dep == "conj"
            speaker = above.child("nsubj")
            if not joined and speaker is not None and speaker.i < token.i:
                found = self.at(speaker.i)
                body = found is not None and found.actor.kind == "class" and speaker.tag == "NN" and speaker.lower in COLLECTIVE
                return found if body else None
            verb = above
        return None

    def first(self, i: int, fits: Callable[[FoundActor], bool]) -> FoundActor | None:
        for found in self.before(i):
            if fits(found):
                return found
        return None

    def single_role(self, found: FoundActor) -> bool:
        token = self.parse.tokens[found.last]
        return (
            found.actor.kind == "class" and token.tag == "NN" and token.lower not in COLLECTIVE and not self.beside_person(found)
        )

    def describes(self, found: FoundActor) -> bool:
        """True for a people that only tells of what kind another noun is ("a Muslim resident"): "they" are others."""
        token = self.parse.tokens[found.head]
        return found.actor.kind == "community" and token.dep in ("amod", "compound", "nmod")

    def beside_person(self, found: FoundActor) -> bool:
        """True for "spokesman" in "X, spokesman for the army": the person is the one to refer to."""
        token = self.parse.tokens[found.head]
        others = [token.head] if token.dep in ("appos", "compound", "nmod") else []
        others += token.kids("appos")
        return any((other := self.at(near.i)) is not None and other.actor.kind == "person" for near in others)

    def is_group_noun(self, found: FoundActor) -> bool:
        return self.parse.tokens[found.last].lower in GROUP_NOUNS

    def holder(self, mention: FoundActor) -> FoundActor | None:
        """The person in a public role whose office a mention names beside the name: "the defence minister, X".

        ``None`` for a spokesman, who stands for the one he speaks for, and where nobody is named with the office.
        """
        head = self.parse.tokens[mention.last if mention.actor.kind == "unknown" else mention.head]
        if mention.actor.kind not in ("class", "unknown") or not self.is_office(head):
            return None
        near = [*([head.head] if head.dep in BESIDE else []), *head.kids("appos")]
        beside = [self.at(token.i) for token in near] + [self.across_comma(mention)]
        found = next((one for one in beside if one is not None and one.actor.kind == "person" and one.role), None)
        return None if found is None else self.borrow(mention, found)

    def offices(self, person: FoundActor) -> list[FoundActor]:
        """Words beside a person's name that tell his office and are no mention themselves: "X, commander of the brigade"."""
        if person.actor.kind != "person" or not person.role:
            return []
        head = self.parse.tokens[person.head]
        near = [*([head.head] if head.dep == "appos" else []), *head.kids("appos")]
        return [self.stand_in(token, person) for token in near if self.is_office(token) and self.at(token.i) is None]

    @staticmethod
    def is_office(token: Token) -> bool:
        return token.tag != "NNS" and token.lower in ROLE_WORDS and token.lower not in SPEAKERS

    def across_comma(self, mention: FoundActor) -> FoundActor | None:
        """The name behind an office and a comma, titles stepped over, where the parse does not see the apposition."""
        tokens, at = self.parse.tokens, mention.last + 1
        if at >= len(tokens) or tokens[at].text != ",":
            return None
        at += 1
        while at < len(tokens) and (tokens[at].lower in TITLES or tokens[at].lower in ROLE_WORDS) and self.at(at) is None:
            at += 1
        found = self.at(at) if at < len(tokens) else None
        return found if found is not None and found.first == at else None

    def stand_in(self, token: Token, referent: FoundActor) -> FoundActor:
        """A mention at ``token`` that reads as the referent does."""
        update = {"text": token.text, "start": token.start, "end": token.end, "basis": "reference"}
        return replace(
            referent, actor=referent.actor.model_copy(update=update), first=token.i, last=token.i, head=token.i, generic=False
        )

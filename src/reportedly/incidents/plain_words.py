"""Words that reports of violence share whatever they report: they tell no two incidents apart."""

from __future__ import annotations

from typing import Final

_WORDS = """
about above accused across according action active after again against ago aid air alleged allegedly also although among and
another any apparently april area areas armed army arrest arrested arrests ask asked attack attacked attacker attackers
attacks august authorities authority avenue bank base been before being believed between block blood board bodies body
bomb bombs both boulevard boy boys brother brothers building bureau but call called calls came can capital captain car cars
case cases cause center central centre chief child children church city civil civilian civilians clash clashes class colonel
come command commander commission committee community condition conference conflict corps council county country court crime
crimes criminal crisis critical custody daily damage daughter day days dead death deaths december defence defense department
deputy detective detectives dies died director dispute district division doctor doctors does drive during each early east
eastern election elections emergency ethnic evening event every family father february federal fight fighter fighters
fighting fire fired first five following for force forces former found four friday friend friends from front further gang
general get girl girls got government governor group groups gun gunfire gunman gunmen guns gunshot had half hall has have
head headquarters hear heard held her here high highway him his home homes homicide hospital hospitals hour hours house how
human identified incident incidents injured injuries international into investigation investigators islamic january july
june just kill killed killing killings kills knew known lane last late later law leader leaders leave leaves left less
lieutenant like line list little live local made major man many march mayor media medical meeting members men mid midnight
militant militants military militia minister ministry minute minutes monday month months more morning most mother motive
mount movement mrs much murder name named national near nearby neighbor neighborhood neighbors neighbour neighbourhood
neighbours new news next night nine north northern not nothing november now number october off office officer officers
official officials old one only operation opposition our out over party past patrol people person photo photos place point
police political post president press prison prosecutor prosecutors protest protesters province public read rebel rebels
region released reporter reporters reports republic residents response right rights river road rule ruling said saturday saw
say says scene school second secretary security see senior september sergeant seven several sheriff shoot shooter shooting
shootings shot shots sister six social soldier soldiers some son source sources south southern special spokesman
spokesperson spokeswoman square staff state statement states station still stop story street suicide sunday supporters
suspect suspected suspects taken team tell ten terrorist terrorists that the their them then there these they third this
those three thursday time told total town troops trial tuesday twitter two under united unit until update updated victim
victims video village violence vote voters voting warning was way wednesday week well were west western what when where
which while white who why wife will with witness witnesses woman women wound wounded wounds year years yesterday yet you
young youth facebook associated agence france presse reuters xinhua afp
"""

PLAIN_WORDS: Final[frozenset[str]] = frozenset(_WORDS.split())

_OCCASIONS = """
protest: protest protests protester protesters protesting demonstration demonstrations demonstrator demonstrators march sit-in
rally: rally rallies campaign campaigning
election: election elections polling ballot ballots voting voters constituency tallying
raid: raid raids raided search arrest
funeral: funeral funerals burial mourners
wedding: wedding weddings bride
prayer: prayer prayers worshippers mosque church service temple congregation mass sermon
market: market marketplace bazaar shoppers stalls
school: school pupils students classroom university college campus
convoy: convoy convoys motorcade
patrol: patrol patrols checkpoint checkpoints roadblock
party: party birthday partygoers nightclub nightclub club bar concert festival
robbery: robbery robbers robbed burglary heist carjacking
traffic: bus minibus passengers train
match: match stadium football basketball
"""

OCCASIONS: Final[dict[str, str]] = {
    word: name for line in _OCCASIONS.strip().splitlines() for name, _, words in (line.partition(":"),) for word in words.split()
}
"""What may go on where violence breaks out, by the words that tell it."""

_ACTS = """
violence_against_civilians attack: attack attacks attacking attacked assault assaults assaulting violence incident
violence_against_civilians killing: killing killings killed massacre murder murders shooting shootings execution executions
battle clash: clash clashes fighting battle battles ambush ambushing raid raids raiding operation operations
explosion_remote_violence explosion: bombing bombings blast blasts explosion explosions shelling strike strikes striking airstrike
abduction abduction: abduction abductions abducting kidnapping kidnappings
arrest arrest: arrest arrests arresting detention
"""

ACTS: Final[dict[str, tuple[str, str]]] = {
    word: (family, type_)
    for line in _ACTS.strip().splitlines()
    for name, _, words in (line.partition(":"),)
    for family, type_ in (name.split(),)
    for word in words.split()
}
"""Words by which a denial names the act that it denies, with the act's family and type."""

"""One name in every spelling has one key; other names have others."""

from __future__ import annotations

import csv
from importlib.resources import files
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aiqyn.linkage.names import name_key, script_of, skeleton

# BGN/PCGN, Romanization of Kazakh, 1979 system, as checked by PCGN in June 2019: the examples of
# the table, and names of places of the GEOnet names server under that system.
BGN_PCGN_KAZAKH = """
Абай Abay|Әуезов Äūezov|Владимир Vladīmīr|Галина Galina|Жамбыл Zhambyl|Шиелі Shīeli|Семей Semey
Шымкент Shymkent|Өскемен Öskemen|Өңірек Öngirek|Өскенбай Öskenbay|Өмірзақ Ömirzaq|Өлеңті Ölengti
Өгізмүйіз Ögizmüyiz|Үреулі Üreūli|Әшім Äshim|Әулиекөл Äūlīeköl|Әндіжан Ändizhan|Ұясай Uyasay
Ұшқын Ushqyn|Үңгіртас Ünggirtas|Үшқұлын Üshqulyn|Юпитер Yupīter|Энгельс Ėngel’s|Ырғызбай Yrghyzbay
Щебнюха Shchebnyukha|Хамитқора Khamītqora|Уақбай Ūaqbay|Төңірекшың Töngirekshyng
Сабағали Sabaghalī|Рысқұлов Rysqulov|Пірназар Pirnazar|Мәмбетқазған Mämbetqazghan
Көшердік Kösherdik|Изендіарал Īzendiaral|Жұлжұрған Zhulzhurghan|Дөңгелексор Dönggeleksor
Бөстай Böstay|Аққолқы Aqqolqy|Қазақстан Qazaqstan|Оңтүстік Ongtüstik|Тоғайы Toghayy
"""
# BGN/PCGN, Romanization of Russian, 1947 system: examples of the table.
BGN_PCGN_RUSSIAN = """
Азов Azov|Тамбов Tambov|Кубань Kubanʼ|Владимир Vladimir|Ульяновск Ulʼyanovsk|Грозный Groznyy
Дзержинский Dzerzhinskiy|Нелидово Nelidovo|Елизово Yelizovo|Чапаевск Chapayevsk
Мейеровка Meyyerovka|Юрьев Yurʼyev
"""
# ICAO Doc 9303 part 3, section 6.B: names written by the table, as in Belarusian passports.
ICAO_9303 = """
Бабрыковіч Babrykovich|Аляксандр Aliaksandr|Міховіч Mikhovich|Марыя Maryia|Максім Maksim|Іван Ivan
Святлана Sviatlana|Палто Palto|Алена Alena|Мікалай Mikalai
"""
# The project of 28 January 2021 as its authors showed it: the anthem, the name of the State.
PROJECT_2021 = """
Алтын Altyn|күн kün|аспаны aspany|дән dän|Ерліктің Erlıktıñ|дастаны dastany|қарашы qaraşy
Ежелден Ejelden|Даңқымыз Dañqymyz|шықты şyqty|Намысын Namysyn|Қазағым Qazağym|мықты myqty|ғой ğoi
Шығыс Şyğys|Еуропа Europa|Республикасы Respublikasy
"""
# The decrees of 26 October 2017 and 19 February 2018: the name of the State as the press gave it.
DECREES = "Республикасы Respy’bli’kasy|Республикасы Respýblıkasy|Қазақстан Qazaqstan"

# Invented persons in the spellings that one meets: Kazakh, Russian, passport, BGN/PCGN, the Kazakh
# Latin alphabets, German, French, scientific.
ONE_NAME = """
Айжан Ajzhan Aizhan Ayzhan Ajdzhan Aijan Ayjan Aıjan Ai'jan Ajdschan Aïjan Ajžan AIZHAN
Жанар Janar Zhanar Žanar Dschanar Djanar Джанар
Құрманғазы Курмангазы Qurmanğazy Kurmangazy Qurmanǵazy Qūrmanğazy Qurmanghazy Qurmang'azy
Шыңғыс Шынгыс Shyngghys Shyngys Şyñğys Shyńǵys S'yn'g'ys Schyngys Şıñğıs
Әсел Асель Asel Äsel Ásel A'sel Asel' Assel
Гүлнар Гульнар Гюльнар Gulnar Gülnar Guelnar Goulnar Gyulnar Gúlnar Gu'lnar
Бауыржан Бауржан Bauyrzhan Baurzhan Bawırjan Baýyrjan Bauirjan Bay'yrjan
Сәуле Сауле Saule Sawle Säwle Sáýle Sa'y'le Saoule Säule
Васильев Vasil'ev Vasiliev Vasilev Vasil’yev Wassiljew Vassiliev
Сергеевич Sergeyevich Sergeevich Sergejewitsch
Өмірбек Омирбек Omirbek Ömirbek Oemirbek O'mirbek Ómirbek
Людмила Lyudmila Liudmila Ljudmila Ludmila
Татьяна Tatyana Tatiana Tatjana Tat'yana
Юлия Yuliya Iuliia Julia Julija Yulia Youlia
Ербол Yerbol Erbol Jerbol Ierbol
Ахмет Akhmet Ahmet Achmet Axmet
Нұржан Нуржан Nurzhan Nurjan Nūrjan Nurdschan Nourjan
Иванов Ivanov Iwanow Ivanoff
Щербаков Shcherbakov Schtscherbakow Chtcherbakov Ščerbakov Shherbakov
"""

APART = """
Асан Хасан|Айгүл Айгерім|Марат Мұрат|Ержан Нұржан|Ерлан Нұрлан|Дана Диана|Әсел Әселя|Сара Сәуле
Жанна Янна|Жанар Янар|Жан Ян|Ирина Марина|Алина Алия|Әлия Ғалия|Инга Инна|Олжас Олжай|Мария Мара
Дияр Дар|Қайрат Хайрат|Бекзат Бекжан|Болат Полат|Асхат Асқат|Самат Самад|Лиана Лана|Зарина Дарина
Тимур Темір|Азат Асат|Руслан Рустам|Шолпан Чолпан|Цой Чой|Ким Кин|Chang Chan|Жібек Зибек|Ажар Азар
Мадина Медина|Иван Ян|Хан Кан|Ғани Гани Қани|Света Цвета|Шахин Сахин
"""
SAME_BY_RULE = {("Ғани", "Гани")}  # ғ is г in Russian spelling: one name, two alphabets


def _pairs(text: str) -> list[tuple[str, str]]:
    return [tuple(p.split()) for line in text.split("\n") for p in line.split("|") if p.strip()]


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [
        *_pairs(BGN_PCGN_KAZAKH),
        *_pairs(BGN_PCGN_RUSSIAN),
        *_pairs(ICAO_9303),
        *_pairs(PROJECT_2021),
        *_pairs(DECREES),
    ],
)
def test_a_published_romanisation_has_the_key_of_its_original(cyrillic: str, latin: str) -> None:
    assert name_key(latin) == name_key(cyrillic)


@pytest.mark.parametrize("line", ONE_NAME.strip().split("\n"))
def test_a_name_has_one_key_in_all_its_spellings(line: str) -> None:
    assert {spelling: name_key(spelling) for spelling in line.split()} == dict.fromkeys(
        line.split(), name_key(line.split()[0])
    )


@pytest.mark.parametrize("line", [p for ln in APART.strip().split("\n") for p in ln.split("|")])
def test_names_of_different_persons_stay_apart(line: str) -> None:
    for one, other in combinations(line.split(), 2):
        if (one, other) not in SAME_BY_RULE:
            assert name_key(one) != name_key(other)


def test_a_word_that_means_not_zh_does_not_fall_together_with_i() -> None:
    assert "zh" in name_key("Žanar")
    assert name_key("Zhana") != name_key("Iana")
    assert skeleton(name_key("Ажар")) != skeleton(name_key("Аяр"))


def _scheme(scheme: str) -> dict[str, str]:
    path = files("aiqyn").joinpath("data", "linkage", "romanisations.csv")
    table = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    return {row["letter"]: row[scheme] for row in table}


INVENTED = """
Айжан Жанар Жүсіп Ержан Нұржан Бауыржан Құрманғазы Шыңғыс Әсел Гүлнар Сәуле Өмірбек Ербол Ахмет
Мұхтар Бақыт Ұлан Ілияс Кенжебек Жібек Қожабек Мейіржан Айгүл Айнұр Баян Еңлік Дәурен Тәуекел
Рүстем Төлеген Жомарт Жақсылық Ғалым Зейнеп Есенжанов Ибраев Қуаныш Жанат Ажар Қажымұрат Мұқағали
Айым Майра Зоя Дияр Қайрат Бейбіт Қасым Дәулет
"""


@pytest.mark.parametrize(
    "scheme",
    [
        "qazaqparat_2004",
        "apostrophe_2017",
        "acute_2018",
        "draft_2019",
        "project_2021",
        "bgn_pcgn",
        "icao_9303",
    ],
)
def test_a_name_written_by_an_official_table_keeps_its_key(scheme: str) -> None:
    table = _scheme(scheme)
    for name in INVENTED.split():
        if all(table[letter] for letter in name.lower() if letter not in "ьъ"):
            written = "".join(table[letter] for letter in name.lower())
            assert name_key(written) == name_key(name), (scheme, name, written)


ANY_WORD = st.text(
    st.one_of(
        st.characters(min_codepoint=0x20, max_codepoint=0x52F),
        st.characters(min_codepoint=0x1E00, max_codepoint=0x1EFF),
        st.sampled_from("ZzhcsjwxyʻʼʹЖжЧчШшЬьұқәңғүһөі'-аеиоу"),
    ),
    max_size=14,
)
NAME_LIKE = st.text(st.sampled_from("aeiouybvgdzjklmnprstfhcwxqäöüğşñıáýóúńǵ'"), max_size=12)


@settings(deadline=None)
@given(st.one_of(ANY_WORD, NAME_LIKE))
def test_a_key_is_its_own_key(word: str) -> None:
    assert name_key(name_key(word)) == name_key(word)


@settings(deadline=None)
@given(st.text(max_size=30))
def test_no_text_raises_and_composition_does_not_matter(text: str) -> None:
    from unicodedata import normalize

    assert name_key(normalize("NFD", text)) == name_key(normalize("NFC", text))


@settings(deadline=None)
@given(st.one_of(ANY_WORD, NAME_LIKE).filter(lambda word: script_of(word) in ("cyrillic", "latin")))
def test_capitals_do_not_matter(word: str) -> None:
    capitals = word.casefold().upper()
    assert name_key(capitals) == name_key(capitals.casefold())


@pytest.mark.parametrize(
    "word", ["محمد", "გიორგი", "王小明", "김민준", "สมชาย", "Γιώργος", "אברהם"]
)
def test_a_word_of_another_script_comes_back_untouched(word: str) -> None:
    assert name_key(word) == word


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Асeм", "Асем"),
        ("CАУЛЕ", "САУЛЕ"),
        ("Oлжас", "Олжас"),
        ("Aйгүл", "Айгүл"),
        ("МAPAТ", "МАРАТ"),
    ],
)
def test_latin_letters_inside_a_cyrillic_word_are_read_as_what_they_look_like(
    typed: str, meant: str
) -> None:
    assert typed != meant
    assert name_key(typed) == name_key(meant)

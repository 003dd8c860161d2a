"""A text that is not English says so; English of every kind is never refused."""

from __future__ import annotations

import pytest

from standoff.read.language import NAMES, SMALL, language_of

FOREIGN = [
    ("fr", "Le ministre de la Défense a déclaré vendredi que la France enverrait deux frégates dans la région."),
    ("de", "Der Verteidigungsminister erklärte am Freitag, dass Deutschland eine Fregatte in die Region schicken werde."),
    ("es", "El ministro de Defensa declaró el viernes que el país enviará dos fragatas a la región tras el ensayo."),
    ("pt", "O ministro da Defesa disse na sexta-feira que o país não enviará navios para a região após o teste."),
    ("it", "Il ministro della Difesa ha detto venerdì che il paese non invierà le navi nella regione dopo il test."),
    ("nl", "De minister van Defensie zei vrijdag dat het land twee fregatten naar de regio zal sturen."),
    ("sv", "Försvarsministern sade på fredagen att landet inte kommer att skicka fartyg till området efter provet."),
    ("pl", "Minister obrony powiedział w piątek, że kraj nie wyśle okrętów do regionu po teście na morzu."),
    ("tr", "Savunma Bakanı cuma günü yaptığı açıklamada ülkenin bölgeye iki gemi ve bir uçak için karar aldığını söyledi."),
    ("vi", "Bộ trưởng Quốc phòng cho biết hôm thứ Sáu rằng nước này sẽ không điều tàu đến khu vực của các đảo."),
    ("id", "Menteri Pertahanan mengatakan pada hari Jumat bahwa negara itu tidak akan mengirim kapal ke wilayah yang dipersengketakan."),
    ("ru", "Министр обороны заявил в пятницу, что страна не будет направлять корабли в этот район."),
    ("uk", "Міністр оборони заявив у п'ятницю, що країна не надсилатиме кораблі до цього району."),
    ("zh", "国防部发言人星期五表示,中国军队在台湾海峡举行了实弹演习,并警告有关方面不要干涉。"),
    ("zh", "國防部發言人星期五表示,共軍在臺灣海峽舉行實彈演習。"),
    ("ja", "防衛大臣は金曜日、台湾の安全は日本の安全にとって重要だと述べた。"),
    ("ko", "국방부 장관은 금요일 북한의 미사일 발사를 강력히 규탄한다고 밝혔다."),
    ("ar", "قال وزير الدفاع يوم الجمعة إن البلاد لن ترسل سفنا إلى المنطقة."),
    ("fa", "وزیر دفاع روز جمعه گفت که کشور کشتی‌های جنگی به منطقه نمی‌فرستد."),
    ("ur", "وزیر دفاع نے جمعہ کو کہا کہ ملک اس علاقے میں جہاز نہیں بھیجے گا۔"),
    ("he", "שר הביטחון אמר ביום שישי כי המדינה לא תשלח ספינות לאזור."),
    ("hi", "रक्षा मंत्री ने शुक्रवार को कहा कि देश इस क्षेत्र में जहाज नहीं भेजेगा।"),
    ("el", "Ο υπουργός Άμυνας δήλωσε την Παρασκευή ότι η χώρα δεν θα στείλει πλοία."),
    ("th", "รัฐมนตรีกลาโหมกล่าวเมื่อวันศุกร์ว่าประเทศจะไม่ส่งเรือไปยังภูมิภาค"),
]  # fmt: skip
SHORT = [
    ("fr", "Macron condamne les tirs nord-coréens"),
    ("fr", "Paris envoie une frégate en mer Rouge."),
    ("fr", "L'Iran promet des représailles."),
    ("de", "China droht Taiwan mit Krieg."),
    ("de", "Berlin schickt Fregatte ins Rote Meer."),
    ("de", "Russland greift Kiew an."),
    ("es", "Corea del Norte lanza un misil balístico"),
    ("es", "Estados Unidos envía buques de guerra al Caribe."),
    ("pt", "Coreia do Norte dispara míssil"),
    ("pt", "O Brasil condenou o ataque."),
    ("tr", "Çin Tayvan'ı tehdit etti."),
    ("tr", "Rusya Kiev'e saldırdı"),
    ("id", "Korea Utara menembakkan rudal"),
    ("id", "Indonesia mengecam serangan itu."),
    ("vi", "Triều Tiên bắn tên lửa"),
    ("vi", "Việt Nam phản đối."),
    ("pl", "Rosja atakuje Kijów"),
    ("pl", "Polska wysyła wojsko na granicę."),
    ("it", "La Cina minaccia Taiwan."),
    ("nl", "Rusland valt Kiev aan."),
    ("sv", "Kina hotar Taiwan."),
    ("fi", "Kiina uhkaa Taiwania."),
    ("cs", "Čína hrozí Tchaj-wanu."),
    ("ro", "China amenință Taiwanul."),
    ("hu", "Kína megfenyegette Tajvant."),
    ("tl", "Nagbabala ang Pilipinas sa China."),
    ("hr", "Kina prijeti Tajvanu."),
    ("lt", "Kinija grasina Taivanui."),
    ("zh", "中国警告日本"),
    ("ja", "中国が日本に警告"),
    ("ko", "중국, 일본에 경고"),
    ("ar", "الصين تحذر اليابان"),
    ("fa", "چین به ژاپن هشدار داد"),
]  # fmt: skip
UNLISTED = [
    "China yatishia Taiwan.",  # Swahili
    "Kitajska grozi Tajvanu.",  # Slovene
    "Kína hótar Taívan.",  # Icelandic
    "Xitoy Tayvanga tahdid qildi.",  # Uzbek
    "Tá an tSín ag bagairt ar an Téaváin.",  # Irish
]
ENGLISH = [
    "Japan protested.",
    "CHINA WARNS JAPAN OVER TAIWAN",
    "PLA drills near Taiwan: 45 aircraft, 6 ships",
    "Taro Aso, Nobuo Kishi, Yoshihide Suga",
    "Manila, Hanoi and Kuala Lumpur object.",
    'The minister said that "le droit de la mer" applies to all states in the area.',
    "Spokesman Wang Wenbin (汪文斌) said China (中国) firmly opposes the visit of the delegation.",
    "The spokesperson of the ministry in São Paulo said that the Côte d'Ivoire would not take part.",
    "Al-Qaeda in the Maghreb, de la Cruz, van der Leyen and von der Leyen met.",
    "12 13 14",
    "US airstrikes",
    "Warplanes over Kyiv",
    "Erdoğan visits Düzce.",
    "Prime Minister Phạm Minh Chính met Nguyễn Phú Trọng.",
    "Houthis down MQ-9",
    "Nang Kwang Chol sacked",
    "Either 10 bln or 12 tln rmb",
    "Kim Yo Jong slams Seoul's leafleting",
    "Manila's lapu-lapu frigates sail",
    "Rosgvardia, Roskosmos and Rosatom sign up",
    "Kishida, Biden, Yoon to meet",
    "",
]


@pytest.mark.parametrize(("code", "text"), FOREIGN)
def test_another_language_is_named(code: str, text: str) -> None:
    found = language_of(text)
    assert found.code == code
    assert not found.english
    assert NAMES[code] in found.note()


@pytest.mark.parametrize(("code", "text"), SHORT)
def test_a_headline_in_another_language_is_named(code: str, text: str) -> None:
    found = language_of(text)
    assert not found.english
    assert found.code == code


@pytest.mark.parametrize("text", UNLISTED)
def test_a_language_of_no_table_is_not_read_as_english(text: str) -> None:
    assert not language_of(text).english


@pytest.mark.parametrize("text", ENGLISH)
def test_english_is_read_however_short_or_studded_with_names(text: str) -> None:
    assert language_of(text).english


def test_every_language_of_the_tables_has_a_name() -> None:
    assert set(SMALL) <= set(NAMES)


def test_a_long_text_is_judged_by_samples() -> None:
    import time

    begun = time.process_time()
    assert (
        language_of("Il ministro della Difesa ha detto che le navi sono nel porto. " * 500_000).code
        == "it"
    )
    assert time.process_time() - begun < 0.5


def test_the_coder_says_so_and_codes_nothing() -> None:
    from datetime import date

    from standoff.read import read_report

    report = read_report(FOREIGN[0][1], published=date(2021, 8, 13))
    assert report.signals == () and report.claims == ()
    assert report.notes[0].startswith("language: French")

"""The made-up bakery's customers. Names, places and addresses are invented; all domains are for examples."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from ..contents import Value


@dataclass(frozen=True, slots=True)
class Buyer:
    """A customer: how often an invoice is made, what it likes, and the other cells of its row."""

    name: str
    street: str
    postcode: str
    city: str
    e_invoice: str
    rhythm: str  # week, order or month
    taste: str  # bread, pastry or all
    more: dict[str, Value] = field(default_factory=dict)

    def row(self, index: int) -> dict[str, Value]:
        """The row of the customer sheet; *index* counts from 1."""
        mail: dict[str, Value] = {}
        if self.e_invoice != "paper":
            mail = {"email": self._address(), "agreed_on": date(2026, 1, 2) + timedelta(days=3 * index)}
        period = {"week": "week", "order": "delivery", "month": "month"}[self.rhythm]
        return {
            "number": f"{index:04}",
            "name": self.name,
            "street": self.street,
            "postcode": self.postcode,
            "city": self.city,
            "country": "NL",
            "language": "nl",
            "e_invoice": self.e_invoice,
            "vat_treatment": "standard",
            "payment_days": 14,
            "period": period,
            "route": index * 10,
            **mail,
            **self.more,
        }

    def _address(self) -> str:
        letters = "".join(sign if sign.isalnum() else " " for sign in self.name.lower().replace("é", "e"))
        return f"facturen@{'-'.join(letters.split()[:3])}.example"


BUYERS: tuple[Buyer, ...] = (
    Buyer("Café De Schuimkraag", "Korenkade 3", "1234 AB", "Meelstad", "mail", "week", "all"),
    Buyer("Eetcafé 't Lepeltje", "Molenstraat 18", "1234 AC", "Meelstad", "mail", "week", "bread"),
    Buyer("Grand Café Zilverpoort", "Markt 1", "1234 AD", "Meelstad", "paper-and-mail", "week", "all"),
    Buyer("Lunchroom Roerei", "Eierpad 7", "2345 BB", "Deegdam", "mail", "week", "bread", {"reference": "INK-2026-07"}),
    Buyer("Hotel Duinroos", "Zandweg 100", "3456 CA", "Kruimelhaven", "mail", "week", "all", {
        "attention": "de crediteurenadministratie", "copy_to": "keuken@hotel-duinroos.example", "payment_days": 30}),
    Buyer("Hotel De Slapende Leeuw", "Parklaan 12", "1234 AE", "Meelstad", "paper", "week", "all"),
    Buyer("Herberg Wegwijzer", "Driesprong 5", "4567 DA", "Korenveen", "paper", "week", "bread"),
    Buyer("Zorgcentrum Avondrood", "Zonnehof 40", "1234 AG", "Meelstad", "mail", "week", "bread", {
        "email": "inkoop@zorgcentrum-avondrood.example; administratie@zorgcentrum-avondrood.example",
        "payment_days": 30, "reference": "Kostenplaats 4410"}),
    Buyer("Woonzorg Het Lindeblad", "Lindelaan 2", "2345 BC", "Deegdam", "mail", "week", "bread", {"payment_days": 30}),
    Buyer("Verpleeghuis Maanzaad", "Maanzaadstraat 61", "3456 CB", "Kruimelhaven", "paper", "week", "bread"),
    Buyer("Buurtsuper Korenveen", "Dorpsplein 4", "4567 DB", "Korenveen", "mail", "week", "all", {"discount": 10}),
    Buyer("Landwinkel Halverwege", "Halverwege 9", "4567 DC", "Korenveen", "paper", "week", "all", {"discount": 5}),
    Buyer("Delicatessen Proeflokaal", "Haven 21", "3456 CC", "Kruimelhaven", "mail", "week", "all", {"discount": 10}),
    Buyer("Kaaswinkel Gaatjes", "Markt 14", "1234 AH", "Meelstad", "paper", "week", "bread"),
    Buyer("Bedrijfsrestaurant Windwijzer B.V.", "Turbineweg 8", "2345 BD", "Deegdam", "mail", "week", "all", {
        "attention": "afdeling Inkoop", "reference": "PO 88-1204", "payment_days": 30}),
    Buyer("Sportkantine VV Meelstad", "Sportlaan 50", "1234 AJ", "Meelstad", "mail", "week", "pastry"),
    Buyer("Strandpaviljoen Zandkorrel", "Strandopgang 3", "3456 CD", "Kruimelhaven", "paper-and-mail", "week", "all"),
    Buyer("Koffiehuis Molenzicht", "Molendijk 77", "1234 AK", "Meelstad", "mail", "week", "pastry"),
    Buyer("Harbour View Guesthouse", "Haven 2", "3456 CE", "Kruimelhaven", "mail", "week", "all", {"language": "en"}),
    Buyer("Brasserie Vlinder & Zn", "Vlinderhof 6", "2345 BE", "Deegdam", "mail", "week", "all"),
    Buyer("Basisschool De Zevensprong", "Schoolpad 7", "1234 AL", "Meelstad", "mail", "order", "pastry"),
    Buyer("Kinderdagverblijf De Kruimels", "Speelveld 11", "2345 BG", "Deegdam", "mail", "order", "bread"),
    Buyer("Gemeentehuis Broodwijk", "Raadhuisplein 1", "5678 EA", "Broodwijk", "mail", "order", "pastry", {
        "attention": "Bestuurssecretariaat", "payment_days": 30, "reference": "Representatie"}),
    Buyer("Bibliotheek Bladzijde", "Leesplein 3", "1234 AM", "Meelstad", "paper", "order", "pastry"),
    Buyer("Theater De Coulisse", "Toneelstraat 20", "1234 AN", "Meelstad", "paper-and-mail", "order", "pastry"),
    Buyer("Espressobar Bonenmaler", "Stationsplein 9", "1234 AP", "Meelstad", "mail", "order", "pastry"),
    Buyer("Museum Het Rijsdeeg", "Ovenhof 1", "5678 EB", "Broodwijk", "mail", "order", "pastry"),
    Buyer("Zorgboerderij De Klaver", "Klaverweide 4", "4567 DD", "Korenveen", "paper", "order", "bread"),
    Buyer("Tankstation Zuiderweg", "Zuiderweg 99", "5678 EC", "Broodwijk", "paper", "order", "pastry"),
    Buyer("Koffiehuis Manneke Proef BV", "Voorbeeldlaan 15", "9999", "Voorbeke", "mail", "order", "all", {
        "country": "BE", "vat_treatment": "intra-eu", "vat_number": "BE0999999031"}),
    Buyer("Café Musterblick GmbH", "Musterweg 12", "99999", "Musterstadt", "mail", "order", "all", {
        "country": "DE", "language": "de", "vat_treatment": "intra-eu", "vat_number": "DE123456788"}),
    Buyer("Salon de thé L'Exemple", "Rue de l'Exemple 8", "9998", "Exempleville", "mail", "order", "pastry", {
        "country": "BE", "language": "fr", "vat_treatment": "intra-eu", "vat_number": "BE0123456749"}),
    Buyer("Kantoor Papier & Pen", "Pennenstraat 30", "2345 BH", "Deegdam", "mail", "month", "pastry"),
    Buyer("Advocaten Recht en Krom", "Rechtestraat 2", "1234 AR", "Meelstad", "paper", "month", "pastry"),
    Buyer("Garage De Uitlaat", "Uitlaatweg 6", "2345 BJ", "Deegdam", "paper", "month", "pastry"),
    Buyer("Buurthuis Samenkomst", "Wijkplein 8", "1234 AS", "Meelstad", "mail", "month", "all"),
    # On purpose not quite right, so that a check has something to find:
    Buyer("Tandartspraktijk Glazuur", "Kroonstraat 32", "1234 AT", "Meelstad", "mail", "month", "bread", {"email": ""}),
    Buyer("Fietsenmaker Trapper", "", "2345 BK", "Deegdam", "paper", "month", "pastry"),
    Buyer("Kapsalon Krul", "Postbus 12", "1234 ZZ", "Meelstad", "paper", "month", "pastry"),
    Buyer("Yogastudio Zonnegroet", "Zonnehof 3", "1234 AV", "Meelstad", "mail", "month", "bread", {"agreed_on": None}),
)  # fmt: skip

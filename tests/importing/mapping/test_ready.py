"""The exports of web shops, tills and bookkeeping, with the columns that they really have; the rows are made up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from factuurbode.domain.model import Customer, Kind, Language, Line
from factuurbode.importing.mapping.mappings import ready
from factuurbode.importing.proposal import Draft, ImportKind, Proposal
from support.import_bakery import Bakery

SHOPIFY = """\
Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem compare at price,Lineitem sku,Lineitem requires shipping,Lineitem taxable,Lineitem fulfillment status,Billing Name,Billing Street,Billing Address1,Billing Address2,Billing Company,Billing City,Billing Zip,Billing Province,Billing Country,Billing Phone,Notes,Cancelled at,Refunded Amount,Id
#1001,anna@example.com,paid,2026-11-03 08:15:22 +0100,fulfilled,,no,EUR,17.95,4.95,2.41,22.90,HERFST,2.00,Bezorgen,2026-11-03 00:15:22 +0100,3,Volkoren heel,2.65,,0101,true,true,fulfilled,Anna Deeg,Kade 1,Kade 1,,,Meelstad,'1234AB,,NL,,,,0.00,5001
#1001,anna@example.com,,,,,,,,,,,,,,2026-11-03 00:15:22 +0100,2,Kaars,6.00,,0901,true,true,fulfilled,,,,,,,,,,,,,,
#1002,hoek@example.com,refunded,2026-11-03 09:00:00 +0100,,,no,EUR,2.65,0.00,0.22,2.65,,0.00,Afhalen,2026-11-03 09:00:00 +0100,1,Volkoren heel,2.65,,0101,true,true,,De Hoek,Dorpsstraat 1,,,Café De Hoek,Meelstad,1234AB,,NL,,,,2.65,5002
#1003,hoek@example.com,paid,2026-11-04 09:00:00 +0100,,,no,EUR,5.30,0.00,0.44,5.30,,0.00,Afhalen,2026-11-04 09:00:00 +0100,2,Volkoren heel,2.65,,0101,true,true,,De Hoek,Dorpsstraat 1,,,Café De Hoek,Meelstad,1234AB,,NL,,,,0.00,5003
"""  # noqa: E501

WOOCOMMERCE = """\
"Order Number","Order Status","Order Date","Customer Note","First Name (Billing)","Last Name (Billing)","Company (Billing)","Address 1&2 (Billing)","City (Billing)","State Code (Billing)","Postcode (Billing)","Country Code (Billing)","Email (Billing)","Phone (Billing)","Payment Method Title","Cart Discount Amount","Order Subtotal Amount","Shipping Method Title","Order Shipping Amount","Order Refund Amount","Order Total Amount","Order Total Tax Amount",SKU,"Item #","Item Name","Quantity (- Refund)","Item Cost","Coupon Code","Discount Amount","Discount Amount Tax"
2001,Completed,"2026-11-05 10:12","Bel aan, graag",Bram,Gist,"Gist & Zn.","Laan 2",Meelstad,,"1234 GH",NL,bram@example.com,0100-1234,iDEAL,0,11.00,Bezorgen,4.59,0,16.99,1.40,0101,1,"Volkoren heel",4,2.35,,0,0
2001,Completed,"2026-11-05 10:12","Bel aan, graag",Bram,Gist,"Gist & Zn.","Laan 2",Meelstad,,"1234 GH",NL,bram@example.com,0100-1234,iDEAL,0,11.00,Bezorgen,4.59,0,16.99,1.40,0102,2,"Wit tijger",2,1.95,,0,0
2002,Cancelled,"2026-11-05 11:00",,Coby,Korst,,"Laan 3",Meelstad,,"1234 GH",NL,coby@example.com,,iDEAL,0,2.35,Afhalen,0,0,2.56,0.21,0101,1,"Volkoren heel",1,2.35,,0,0
"""  # noqa: E501

LIGHTSPEED = """\
Date,Receipt Number,Line Type,Customer Code,Customer Name,Note,Quantity,Subtotal,Sales Tax,Discount,Loyalty,Total,Paid,Details,Register,User,Status,Sku,AccountCodeSale,AccountCodePurchase
2026-11-06 09:30:00,R-77,Sale,0013,Hotel Zonzicht,,5,18.60,2.15,0,0,20.75,20.75,,Kassa 1,Roos,CLOSED,,,
2026-11-06 09:30:00,R-77,Sale Line,0013,Hotel Zonzicht,,4,14.60,1.31,0,0,15.91,,Roomboterstol,Kassa 1,Roos,CLOSED,9911,,
2026-11-06 09:30:00,R-77,Sale Line,0013,Hotel Zonzicht,,1,4.00,0.84,0,0,4.84,,Kaars,Kassa 1,Roos,CLOSED,0901,,
2026-11-06 09:30:00,R-77,Payment,0013,Hotel Zonzicht,,,,,,,,20.75,Pin,Kassa 1,Roos,CLOSED,,,
"""  # noqa: E501

EXACT = """\
Bakkerij De Korenaar;;;;;;;;;
Omzetanalyse;;;;;;;;;
Klant: Code;Klant: Naam;Factuurnummer;Factuurdatum;Artikel;Artikelomschrijving;Aantal;Korting (%);Verkoopbedrag;BTW-percentage;Verkoper
              0012;Café De Hoek;26700101;06-11-2026;0101;Volkoren heel;10;10,00;21,15;9,00;Roos
              0012;Café De Hoek;26700101;06-11-2026;0901;Kaars;1;;4,00;21,00;Roos
              0013;Hotel Zonzicht;26700102;13-11-2026;0102;Wit tijger;4;;7,80;9,00;Roos
Totaal;;;;;;15;;32,95;;
"""  # noqa: E501

ROUTE_LIST = """\
Route;Stop;Klantnr;Naam;Plaats;Leverdatum;Bonnr;Artikelnr;Artikel;Besteld;Geleverd;Bijzonderheden
1;1;0012;Café De Hoek;Meelstad;06-11-2026;881;0101;Volkoren heel;10;8;twee op
1;2;0013;Hotel Zonzicht;Meelstad;06-11-2026;882;0102;Wit tijger;4;4;
"""


def summary(proposal: Proposal) -> list[tuple[str, str, Decimal, Decimal]]:
    return [(draft.customer, draft.reference, draft.net, draft.net + draft.vat) for draft in proposal.drafts]


def lines(draft: Draft) -> list[tuple[str, Decimal, Decimal, Decimal]]:
    return [(line.description, line.quantity, line.price, line.vat_rate) for line in draft.lines]  # type: ignore[misc]


def test_every_ready_mapping_is_known_by_its_columns() -> None:
    assert [mapping.name for mapping in ready()] == [
        "Exact Online",
        "Lightspeed",
        "Routelijst",
        "Shopify",
        "WooCommerce",
    ]


def test_woocommerce_of_some_years_ago_calls_the_product_name(bakery: Bakery) -> None:
    text = WOOCOMMERCE.replace('"Item Name"', "Name").replace('"Order Total Amount"', '"Order Total Amount (- Refund)"')

    proposal = bakery.propose(bakery.write(text))

    detected = proposal.detected[0]
    assert (detected.mapping, detected.matched["description"], detected.unknown_columns) == ("WooCommerce", "Name", ())


def test_shopify(bakery: Bakery) -> None:
    proposal = bakery.propose(bakery.write(SHOPIFY))

    detected = proposal.detected[0]
    assert (detected.mapping, detected.kind, detected.unknown_columns) == ("Shopify", ImportKind.DELIVERIES, ())
    assert proposal.rejected == ()
    assert [(row.origin.row, row.why.facts["value"]) for row in detected.left_out] == [(4, "refunded")]
    (anna,) = proposal.customers_added
    assert anna == Customer(
        "0015", "Anna Deeg", "", "Kade 1", "1234AB", "Meelstad", email="anna@example.com", language=Language.NL
    )
    first, second = proposal.drafts
    assert (first.customer, first.net + first.vat) == ("0015", Decimal("22.90"))
    assert {line.delivered for line in first.lines} == {date(2026, 11, 3)}
    assert (second.customer, second.net + second.vat) == ("0012", Decimal("5.30"))


def test_shipping_and_discount_of_an_order_are_spread_over_its_rates(bakery: Bakery) -> None:
    draft = bakery.propose(bakery.write(SHOPIFY)).drafts[0]

    names = [(line.description, line.quantity, line.vat_rate) for line in draft.lines]
    assert names[:6] == [
        ("Volkoren heel", Decimal(3), Decimal(9)),
        ("Kaars", Decimal(2), Decimal(21)),
        ("Verzendkosten", Decimal(1), Decimal(9)),
        ("Verzendkosten", Decimal(1), Decimal(21)),
        ("Korting op de bestelling", Decimal(-1), Decimal(9)),
        ("Korting op de bestelling", Decimal(-1), Decimal(21)),
    ]


def test_woocommerce(bakery: Bakery) -> None:
    proposal = bakery.propose(bakery.write(WOOCOMMERCE, encoding="utf-8-sig"))

    detected = proposal.detected[0]
    assert (detected.mapping, detected.unknown_columns) == ("WooCommerce", ())
    assert proposal.rejected == ()
    assert [row.origin.row for row in detected.left_out] == [4]
    (bram,) = proposal.customers_added
    assert (bram.name, bram.street, bram.postcode, bram.email) == (
        "Gist & Zn.",
        "Laan 2",
        "1234 GH",
        "bram@example.com",
    )
    (draft,) = proposal.drafts
    assert lines(draft) == [
        ("Volkoren heel", Decimal(4), Decimal("2.35"), Decimal(9)),
        ("Wit tijger", Decimal(2), Decimal("1.95"), Decimal(9)),
        ("Verzendkosten", Decimal(1), Decimal("4.59"), Decimal(9)),
    ]


def test_lightspeed(bakery: Bakery) -> None:
    proposal = bakery.propose(bakery.write(LIGHTSPEED))

    detected = proposal.detected[0]
    assert (detected.mapping, detected.unknown_columns) == ("Lightspeed", ())
    assert [(row.origin.row, row.why.facts["value"]) for row in detected.left_out] == [(2, "Sale"), (5, "Payment")]
    (draft,) = proposal.drafts
    assert lines(draft) == [
        ("Roomboterstol", Decimal(4), Decimal("3.65"), Decimal(9)),
        ("Kaars", Decimal(1), Decimal(4), Decimal(21)),
    ]
    assert (draft.net, draft.vat) == (Decimal("18.60"), Decimal("2.15"))


def test_exact_online(bakery: Bakery) -> None:
    proposal = bakery.propose(bakery.write(EXACT, encoding="cp1252"))

    detected = proposal.detected[0]
    assert (detected.mapping, detected.kind, detected.header_row) == ("Exact Online", ImportKind.INVOICES, 3)
    assert proposal.rejected == ()
    assert len(detected.left_out) == 1
    assert [(draft.number, draft.customer, draft.issued, draft.kind, draft.net) for draft in proposal.drafts] == [
        ("26700101", "0012", date(2026, 11, 6), Kind.INVOICE, Decimal("25.15")),
        ("26700102", "0013", date(2026, 11, 13), Kind.INVOICE, Decimal("7.80")),
    ]


def test_a_route_list(bakery: Bakery) -> None:
    proposal = bakery.propose(bakery.write(ROUTE_LIST))

    detected = proposal.detected[0]
    assert (detected.mapping, detected.unknown_columns) == ("Routelijst", ())
    day = date(2026, 11, 6)
    assert [list(draft.lines) for draft in proposal.drafts] == [
        [
            Line(
                "Volkoren heel",
                Decimal(8),
                Decimal("2.35"),
                Decimal(9),
                article="0101",
                unit="st",
                delivered=day,
            )
        ],
        [
            Line(
                "Wit tijger",
                Decimal(4),
                Decimal("1.95"),
                Decimal(9),
                article="0102",
                unit="st",
                delivered=day,
            )
        ],
    ]


def test_each_export_changes_nothing_the_second_time(bakery: Bakery) -> None:
    texts = {"shopify": SHOPIFY, "woo": WOOCOMMERCE, "kassa": LIGHTSPEED, "exact": EXACT, "route": ROUTE_LIST}
    paths = [bakery.write(text, f"{name}.csv") for name, text in texts.items()]

    bakery.apply(bakery.propose(*paths))
    again = bakery.propose(*paths)

    assert again.empty, again
    assert again.rejected == ()


def test_an_order_that_was_refunded_in_part_is_left_to_a_person(bakery: Bakery) -> None:
    proposal = bakery.propose(bakery.write(SHOPIFY.replace(",refunded,", ",partially_refunded,")))

    (rejected,) = proposal.rejected
    assert [(one.key, one.facts["value"]) for one in rejected.reasons] == [("reason.by_hand", "partially_refunded")]
    assert proposal.detected[0].left_out == ()

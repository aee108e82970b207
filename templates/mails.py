"""The mail templates, plain text and HTML, from the words of each language.

The HTML is what every mail program shows well: tables, styles on the elements, no picture, nothing from the network.
`$name` is one of the language's words; what stands between braces is filled in for each mail.
"""

from __future__ import annotations

from collections.abc import Mapping
from string import Template

_TEXT = Template("""\
Subject: $subject

$greeting

{% if credit_note %}
$credit{{ '$issued' ~ issued if issued else '' }}{{ '$corrects' ~ corrects if corrects else '' }}. $set_off
{% else %}
$invoice{{ '$issued' ~ issued if issued else '' }}$for_amount.
{% if due %}

$pay{{ $to_account if iban else '' }}$pay_end
{% endif %}
{% endif %}
{% if reference %}

$reference$colon {{ reference }}
{% endif %}
{% if closing %}

{% for line in closing %}
{{ line }}
{% endfor %}
{% endif %}

$closing

{% for line in signature %}
{{ line }}
{% endfor %}
""")

_HTML = Template("""\
<!DOCTYPE html>
<html lang="$language">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>{{ document }} {{ number }}</title>
</head>
<body style="margin:0; padding:0;">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">
<tr><td align="left" style="padding:24px;">
<table role="presentation" width="560" cellpadding="0" cellspacing="0" border="0" \
style="width:100%; max-width:560px; $font">
<tr><td style="padding-bottom:16px;">$greeting</td></tr>
<tr><td style="padding-bottom:16px;">
{% if credit_note %}
$credit{{ '$corrects' ~ corrects if corrects else '' }}. $set_off_short
{% else %}
$invoice.
{% if due %}
$pay$pay_end
{% endif %}
{% endif %}
</td></tr>
<tr><td style="padding-bottom:16px;">
<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="$font border-left:3px solid #c4762b;">
$document_row
{% if issued %}
$date_row
{% endif %}
{% if reference %}
$reference_row
{% endif %}
$amount_row
{% if due %}
$due_row
{% if iban %}
$account_row
$account_name_row
{% endif %}
{% endif %}
</table>
</td></tr>
{% if closing %}
<tr><td style="padding-bottom:16px;">
{% for line in closing %}
{{ line }}{{ '<br>'|safe if not loop.last else '' }}
{% endfor %}
</td></tr>
{% endif %}
<tr><td style="padding-bottom:16px;">$closing</td></tr>
<tr><td>
{% for line in signature %}
{{ line }}{{ '<br>'|safe if not loop.last else '' }}
{% endfor %}
</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
""")

_FONT = "font-family:Calibri, Arial, sans-serif; font-size:16px; line-height:24px;"
_ROWS = {
    "date": "{{ issued }}",
    "reference": "{{ reference }}",
    "amount": "<strong>{{ total }}</strong>",
    "due": "{{ due }}",
    "account": "{{ iban }}",
    "account_name": "{{ account_name }}",
}


def mail_text(words: Mapping[str, str]) -> str:
    """The plain text; its first line is the subject."""
    behind = f" ~ '{words['pay_name_end']}'" if words["pay_name_end"] else ""
    account = f"'{words['pay_account']}' ~ iban ~ '{words['pay_name']}' ~ account_name{behind}"
    return _TEXT.substitute(words, to_account=account)


def mail_html(language: str, words: Mapping[str, str]) -> str:
    """The same as a page."""
    rows = {f"{key}_row": _row(words[key], value) for key, value in _ROWS.items()}
    document = _row("{{ document }}", "<strong>{{ number }}</strong>")
    return _HTML.substitute(words, language=language, font=_FONT, document_row=document, **rows)


def _row(label: str, value: str) -> str:
    return f'<tr><td style="padding:4px 24px 4px 16px;">{label}</td><td style="padding:4px 0;">{value}</td></tr>'

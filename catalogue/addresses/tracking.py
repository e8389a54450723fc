"""Parameters that say how somebody came to a page, never which page."""

# By the service that adds and documents them. Words that some sites use for content (ref, source,
# campaign, cid) are not here, however often others track with them. In lower case.
_BY_SERVICE = {
    "Google": "gclid gclsrc dclid gbraid wbraid gad_source gad_campaignid srsltid _ga _gl",
    "Microsoft Advertising": "msclkid",
    "Yandex": "yclid ysclid ymclid _openstat",
    "Facebook and Instagram": "fbclid igshid igsh",
    "X": "twclid ref_src",
    "TikTok": "ttclid",
    "LinkedIn": "li_fat_id",
    "Reddit": "rdt_cid",
    "Mailchimp": "mc_cid mc_eid",
    "HubSpot": "_hsenc _hsmi __hssc __hstc __hsfp hsctatracking hsa_acc hsa_ad hsa_cam hsa_grp "
    "hsa_kw hsa_la hsa_mt hsa_net hsa_ol hsa_src hsa_tgt hsa_ver",
    "Marketo": "mkt_tok",
    "Omeda": "oly_anon_id oly_enc_id",
    "Vero": "vero_id vero_conv",
    "MailerLite": "ml_subscriber ml_subscriber_hash",
    "Kit": "ck_subscriber_id",
    "Drip": "__s",
    "Klaviyo": "_kx",
    "Dotdigital": "dm_i",
    "Eloqua": "elqtrack elqtrackid",
    "Webtrekk": "wt_mc",
    "Webtrends, as on learn.microsoft.com": "wt.mc_id",
    "Piano, as at the BBC": "xtor at_campaign at_medium at_link_id at_link_origin at_link_type "
    "at_format at_ptr_name",
    "Matomo": "pk_campaign pk_kwd pk_keyword pk_source pk_medium pk_content pk_cid mtm_campaign "
    "mtm_kwd mtm_keyword mtm_source mtm_medium mtm_content mtm_cid mtm_group mtm_placement",
}
TRACKING = frozenset(name for names in _BY_SERVICE.values() for name in names.split())

# Google Analytics' family, which keeps growing; nobody else names parameters so.
TRACKING_PREFIX = "utm_"

# By host, without www.
TRACKING_ON = {
    # Who shared it and from where; the channel's name once more; the search that found it.
    "youtube.com": frozenset({"si", "feature", "ab_channel", "pp"}),
    "open.spotify.com": frozenset({"si"}),
}


def is_tracking(name: str, host: str = "") -> bool:
    name = name.lower()
    return (
        name in TRACKING
        or name.startswith(TRACKING_PREFIX)
        or name in TRACKING_ON.get(host, frozenset())
    )

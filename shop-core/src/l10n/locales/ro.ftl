# Prețul; vezi en.ftl.
money = { $currency ->
    [EUR] { $amount }{ "\u00A0" }€
    [GBP] { $amount }{ "\u00A0" }£
    [RON] { $amount }{ "\u00A0" }lei
    [USD] { $amount }{ "\u00A0" }$
   *[other] { $amount }{ "\u00A0" }{ $currency }
}

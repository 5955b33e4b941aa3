# Le prix ; voir en.ftl.
money = { $currency ->
    [EUR] { $amount }{ "\u00A0" }€
    [GBP] { $amount }{ "\u00A0" }£
    [USD] { $amount }{ "\u00A0" }$US
   *[other] { $amount }{ "\u00A0" }{ $currency }
}

# O preço; veja en.ftl.
money = { $currency ->
    [BRL] R${ "\u00A0" }{ $amount }
    [EUR] €{ "\u00A0" }{ $amount }
    [GBP] £{ "\u00A0" }{ $amount }
    [USD] US${ "\u00A0" }{ $amount }
   *[other] { $currency }{ "\u00A0" }{ $amount }
}

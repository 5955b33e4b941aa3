# A price. $amount is the number, with the decimals of its currency and without a sign; $currency is the code of
# ISO 4217. A minus sign is put in front of the whole. A code stands for itself unless it is listed here.
money = { $currency ->
    [EUR] €{ $amount }
    [GBP] £{ $amount }
    [JPY] ¥{ $amount }
    [USD] ${ $amount }
   *[other] { $currency }{ "\u00A0" }{ $amount }
}

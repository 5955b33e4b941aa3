# Mesajele trimise de magazin. $title este numele magazinului, $name al cititorului.

greeting = Bună ziua, { $name }!
greeting-unnamed = Bună ziua!
link-hint = Dacă butonul nu merge, copiază această adresă în browser:

## Cineva s-a înregistrat cu această adresă: confirmă că este a ta.

activation-subject = Activează-ți contul la { $title }
activation-intro = Bine ai venit la { $title }! Mai este un singur pas: confirmă că această adresă îți aparține.
activation-action = Activează contul
activation-validity = Linkul este valabil { $hours ->
    [one] o oră
    [few] { $hours } ore
   *[other] { $hours } de ore
  } și poate fi folosit o singură dată.
activation-stranger = Dacă nu te-ai înregistrat tu, nu trebuie să faci nimic: fără acest pas, contul rămâne închis.

## Cineva a încercat să se înregistreze cu această adresă, care are deja un cont.

already-registered-subject = Ai deja un cont la { $title }
already-registered-intro = Cineva, poate chiar tu, a încercat să se înregistreze la { $title } cu această adresă. Ea are deja un cont, așa că nu s-a schimbat nimic.
already-registered-action = Intră în cont
already-registered-stranger = Dacă nu ai fost tu, nu trebuie să faci nimic: persoana respectivă nu a aflat că ai un cont.

## A sosit o comandă.

order-received-subject = Am primit comanda ta { $number }
order-received-intro = Îți mulțumim pentru comandă! Am primit-o și ne ocupăm de ea.
order-received-order = Comanda { $number }, plasată pe { $placed_at }
order-received-total = Total: { $total }
order-received-address = Livrăm la:
order-received-action = Vezi comanda

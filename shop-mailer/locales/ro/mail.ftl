# Mesajele trimise de magazin. $title este numele magazinului, $name al cititorului.

greeting = Bună ziua, { $name }!
greeting-unnamed = Bună ziua!
link-hint = Dacă butonul nu funcționează, copiați această adresă în browser:
colon = :
link-validity = Linkul este valabil { $hours ->
    [one] o oră
    [few] { $hours } ore
   *[other] { $hours } de ore
  } și poate fi folosit o singură dată.
link-validity-days = Linkul este valabil { $days ->
    [one] o zi
    [few] { $days } zile
   *[other] { $days } de zile
  } și poate fi folosit o singură dată.

## Cineva s-a înregistrat cu această adresă: să confirme că este a lui.

activation-subject = Activați-vă contul la { $title }
activation-intro = Bine ați venit la { $title }! Mai este un singur pas: confirmați că această adresă vă aparține.
activation-action = Activează contul
activation-stranger = Dacă nu v-ați înregistrat dumneavoastră, nu trebuie să faceți nimic: fără acest pas, contul rămâne inactiv.

## Cineva a vrut un cont cu această adresă, care are deja unul.

already-registered-subject = Aveți deja un cont la { $title }
already-registered-intro = Cineva, poate chiar dumneavoastră, a vrut să folosească această adresă pentru un cont la { $title }. Există deja un cont cu această adresă, așa că nu s-a schimbat nimic.
already-registered-action = Intră în cont
already-registered-forgot = Ați uitat parola? Alegeți una nouă aici:
already-registered-stranger = Dacă nu ați fost dumneavoastră, nu trebuie să faceți nimic: persoana respectivă nu a aflat că aveți un cont.

## Cineva a cerut să aleagă o parolă nouă.

reset-subject = Alegeți o parolă nouă la { $title }
reset-intro = Cineva, poate chiar dumneavoastră, a cerut o parolă nouă pentru contul dumneavoastră de la { $title }.
reset-action = Alege o parolă nouă
reset-stranger = Dacă nu ați fost dumneavoastră, puteți ignora acest mesaj: nu s-a schimbat nimic.

## Parola a fost schimbată.

password-changed-subject = Parola dumneavoastră de la { $title } a fost schimbată
password-changed-intro = Parola contului dumneavoastră de la { $title } a fost schimbată, iar toate celelalte sesiuni au fost încheiate.
password-changed-stranger = Dacă ați schimbat-o dumneavoastră, nu trebuie să faceți nimic. Dacă nu, alegeți imediat o parolă nouă.
password-changed-action = Alege o parolă nouă

## Contul urmează să aibă această adresă: să se confirme că este a cititorului.

email-change-subject = Confirmați noua adresă de e-mail la { $title }
email-change-intro = Confirmați că această adresă vă aparține. Din acel moment, contul dumneavoastră de la { $title } o va folosi.
email-change-action = Confirmă adresa
email-change-stranger = Dacă nu ați cerut această schimbare, puteți ignora acest mesaj: nu se schimbă nimic.

## Contul are acum altă adresă; mesajul merge la cea veche.

email-changed-subject = Contul dumneavoastră de la { $title } are o nouă adresă de e-mail
email-changed-intro = Contul dumneavoastră de la { $title } folosește de acum această adresă:
email-changed-stranger = Dacă ați schimbat-o dumneavoastră, nu trebuie să faceți nimic. Dacă nu, accesați linkul: contul revine la vechea adresă și toate sesiunile se încheie. Apoi vă trimitem un alt link, pentru a alege o parolă nouă.
email-changed-action = Revino la vechea adresă

## Contul a fost șters.

account-deleted-subject = Contul dumneavoastră de la { $title } a fost șters
account-deleted-intro = Contul dumneavoastră de la { $title } a fost șters, odată cu datele personale, coșul, sesiunile și copiile e-mailurilor către dumneavoastră.
account-deleted-orders = Comenzile rămân în evidență, așa cum cere legea, dar fără numele și adresa dumneavoastră; o comandă aflată încă în curs le păstrează până când este livrată sau anulată.
account-deleted-farewell = Vă mulțumim că ați fost alături de noi. Vă așteptăm oricând cu drag.

## Orice mesaj despre o comandă.

order-placed = Comanda { $number }, plasată pe { $placed_at }
order-total = Total: { $total }
order-address = Adresa de livrare:
order-action = Vezi comanda

## A sosit o comandă.

order-received-subject = Am primit comanda { $number }
order-received-intro = Vă mulțumim pentru comandă! Am primit-o și ne ocupăm de ea.

## Coletul a plecat.

order-shipped-subject = Comanda { $number } este pe drum
order-shipped-intro = O veste bună: coletul a plecat și este în drum spre dumneavoastră.

## Comanda a fost anulată.

order-canceled-subject = Comanda { $number } a fost anulată
order-canceled-by-you = Ați anulat această comandă; nu o vom mai livra.
order-canceled-by-shop = Am anulat această comandă. Ne pare rău că nu o putem livra.

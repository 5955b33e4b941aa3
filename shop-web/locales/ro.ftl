# Textele paginilor. Butoanele dau comenzi (la singular), propozițiile se adresează politicos (la plural) sau neutru.

## În jurul fiecărei pagini

layout-skip = Salt la conținut
layout-search = Caută produse
    .button = Caută
layout-visitor = Contul meu
layout-languages = Limbi
layout-sign-in = Autentificare
layout-sign-out = Ieșire din cont
layout-register = Cont nou
layout-cart = Coș
items = { $count ->
    [one] un produs
    [few] { $count } produse
   *[other] { $count } de produse
}
line = { $count } × { $name }
total = Total

## Ce tocmai s-a întâmplat

notice-activation-sent = Am trimis un e-mail. Pentru activarea contului, urmați linkul din mesaj. Dacă nu ajunge în câteva minute, verificați și dosarul de mesaje nedorite.
notice-activated = Contul este activ. Vă puteți autentifica.
notice-signed-in = V-ați autentificat.
notice-signed-out = Ați ieșit din cont.
notice-item-added = Produsul a fost adăugat în coș.
notice-quantity-set = Cantitatea a fost modificată.
notice-item-removed = Produsul a fost scos din coș.
notice-cart-cleared = Coșul a fost golit.
notice-order-placed = Vă mulțumim! Am primit comanda; confirmarea sosește prin e-mail.
notice-sign-in-first = Pentru a continua, autentificați-vă.

## Catalog și produs

catalog-title = Toate produsele
catalog-results = Rezultate pentru „{ $text }”
catalog-categories = Categorii
catalog-everything = Toate produsele
catalog-sort = Ordonare
    .button = Ordonează
catalog-sort-catalog = Selecția noastră
catalog-sort-newest = Cele mai noi
catalog-sort-price_up = Preț crescător
catalog-sort-price_down = Preț descrescător
catalog-sign-in = Pentru a adăuga produse în coș este nevoie de un cont.
catalog-from = de la { $price }
catalog-variant = Varianta de { $product }
catalog-nothing-found = Nu am găsit nimic pentru „{ $text }”. Încercați un alt cuvânt sau unul mai scurt.
catalog-nothing-here = Aici nu există încă produse.
catalog-show-everything = Vezi toate produsele
catalog-pages = Pagini
catalog-page = Pagina { $number }
catalog-previous = Pagina anterioară
catalog-next = Pagina următoare
product-add = Adaugă în coș
product-sold-out = Stoc epuizat
product-not-for-sale = Acest produs nu este disponibil momentan.
product-left = { $count ->
    [one] Ultima bucată în stoc
    [few] Ultimele { $count } bucăți în stoc
   *[other] Ultimele { $count } de bucăți în stoc
}
product-back = Înapoi la toate produsele

## Câmpurile formularelor

field-email = Adresă de e-mail
field-last_name = Nume
field-first_name = Prenume
field-address = Adresă de livrare
field-password = Parolă
field-password_confirmation = Parola din nou
field-quantity = Cantitate
password-hint = Între 8 și 1.000 de caractere; cu 15 sau mai multe este mai sigură. Orice caractere sunt permise, iar câteva cuvinte la rând fac o parolă bună.
form-faults = { $count ->
    [one] Un câmp trebuie corectat.
    [few] { $count } câmpuri trebuie corectate.
   *[other] { $count } de câmpuri trebuie corectate.
}

## Ce nu e în regulă cu un câmp

fault-empty = Completați acest câmp.
fault-too-short = { $least ->
    [one] Introduceți cel puțin un caracter.
    [few] Introduceți cel puțin { $least } caractere.
   *[other] Introduceți cel puțin { $least } de caractere.
}
fault-too-long = { $most ->
    [one] Introduceți cel mult un caracter.
    [few] Introduceți cel mult { $most } caractere.
   *[other] Introduceți cel mult { $most } de caractere.
}
fault-invisible = Textul conține un caracter invizibil ({ $code }). Ștergeți-l sau scrieți textul din nou.
fault-email = Introduceți o adresă de forma nume@exemplu.ro.
fault-password-common = Această parolă este printre primele pe care le încearcă atacatorii. Alegeți alta.
fault-password-is-email = Parola nu poate fi chiar adresa de e-mail. Alegeți alta.
fault-password-confirmation = Cele două parole sunt diferite. Scrieți-le din nou.
fault-number = Introduceți un număr întreg.
fault-quantity = Introduceți un număr de la 1 la { $most }.
fault-cart-full = { $most ->
    [one] În coș încape cel mult un produs.
    [few] În coș încap cel mult { $most } produse diferite. Scoateți mai întâi unul.
   *[other] În coș încap cel mult { $most } de produse diferite. Scoateți mai întâi unul.
}
fault-not-for-sale = Acest produs nu este disponibil momentan.
fault-short = { $left ->
    [0] Stocul acestui produs este epuizat.
    [one] A mai rămas o singură bucată.
    [few] Au mai rămas doar { $left } bucăți.
   *[other] Au mai rămas doar { $left } de bucăți.
}

## Cont nou, activare, autentificare

register-title = Cont nou
register-email-hint = Trimitem un link la această adresă; contul devine activ după ce îl urmați.
register-address-hint = Strada și numărul, codul poștal, localitatea, țara.
register-button = Creează contul
register-sign-in = Aveți deja cont?
activate-title = Activarea contului
activate-text = Mai este un singur pas până la prima comandă.
activate-button = Activează contul
send-activation-title = Retrimiterea linkului de activare
send-activation-text = Dacă există un cont cu această adresă care așteaptă activarea, trimitem un link nou.
send-activation-button = Trimite linkul din nou
activation-void = Linkul nu mai este valabil. Dacă este deja activ contul, vă puteți autentifica; dacă nu, cereți un link nou.
login-title = Autentificare
login-button = Intră în cont
login-refused = Adresa de e-mail sau parola este greșită. Încercați din nou.
login-not-activated = Parola este corectă, dar contul nu a fost încă activat. Urmați linkul primit prin e-mail sau cereți-l din nou.
login-send-activation = Trimite linkul din nou
login-register = Nu aveți încă un cont?
login-no-mail = Nu a sosit mesajul de activare?

## Cont

account-title = Contul meu
account-greeting = Bună ziua, { $name }!
account-cart = { $count ->
    [one] Un produs, { $total }
    [few] { $count } produse, { $total }
   *[other] { $count } de produse, { $total }
}
account-to-cart = Vezi coșul
account-orders = Comenzile plasate până acum și stadiul lor.
account-to-orders = Vezi comenzile
account-details = Datele mele
account-name = Nume

## Coș și finalizarea comenzii

cart-title = Coșul de cumpărături
cart-empty = Coșul este gol.
cart-to-catalog = Vezi produsele
cart-each = { $price } bucata
cart-quantity-of = Cantitatea pentru { $name }
cart-update = Actualizează
cart-remove = Șterge
cart-gone = Acest produs nu mai există în catalog. Ștergeți-l din coș.
cart-hidden = Acest produs nu este disponibil momentan. Ștergeți-l din coș.
cart-short = { $left ->
    [0] Stocul acestui produs este epuizat. Ștergeți-l din coș.
    [one] A mai rămas o singură bucată. Reduceți cantitatea.
    [few] Au mai rămas doar { $left } bucăți. Reduceți cantitatea.
   *[other] Au mai rămas doar { $left } de bucăți. Reduceți cantitatea.
}
cart-summary = Sumar
cart-not-orderable = Înainte de a comanda, modificați sau ștergeți produsele marcate.
cart-checkout = Continuă spre comandă
cart-go-on = Continuă cumpărăturile
cart-clear = Golește coșul
checkout-title = Finalizarea comenzii
checkout-delivery = Livrare
checkout-address-hint = Doar pentru această comandă; adresa din cont rămâne neschimbată.
checkout-summary = Comanda
checkout-button = Trimite comanda cu obligație de plată
checkout-mail = Confirmăm comanda prin e-mail.
checkout-back = Înapoi la coș
checkout-total-changed = Un preț s-a schimbat: totalul este acum { $total }. Verificați comanda înainte de a o trimite.
checkout-lines = Unele produse din coș nu pot fi comandate așa cum sunt. Verificați-le pe cele marcate.

## Comenzi

orders-title = Comenzile mele
orders-none = Nu ați plasat încă nicio comandă.
orders-newest = Cele mai noi comenzi
orders-older = Comenzi mai vechi
order-title = Comanda { $number }
order-placed-at = Plasată pe { $at }
order-pieces = { $count } × { $price }
order-summary = Comanda
order-recipient = Destinatar
order-address = Adresa de livrare
order-back = Înapoi la toate comenzile
order-state-placed = Primită
order-state-confirmed = Confirmată
order-state-in_progress = Pe drum
order-state-completed = Livrată
order-state-canceled = Anulată
line-state-processing = În pregătire
line-state-fulfilling = Se împachetează
line-state-shipped = Pe drum
line-state-delivered = Livrat

## Ce nu a mers

error-to-catalog = Spre toate produsele
error-400 = Nu am înțeles cererea
    .advice = Ceva nu a fost în regulă cu această cerere. Reveniți la pagina anterioară și încercați din nou.
error-401 = Este nevoie de autentificare
    .advice = Această pagină este doar pentru clienții autentificați.
error-403 = Acces nepermis
    .advice = Dacă ar trebui să aveți acces la această pagină, autentificați-vă cu alt cont.
error-forged = Formularul a expirat
    .advice = Pagina a stat deschisă prea mult sau, între timp, ați intrat ori ați ieșit din cont. Reveniți, reîncărcați pagina și trimiteți formularul din nou.
error-404 = Nu am găsit pagina
    .advice = Poate s-a mutat sau adresa este scrisă greșit. Produsul căutat are poate un nume nou.
error-405 = Aici nu se poate
    .advice = Adresa există, dar nu pentru acest fel de cerere. Reveniți și folosiți butonul din pagină.
error-408 = A durat prea mult
    .advice = Cererea nu a ajuns la timp. Verificați conexiunea și încercați din nou.
error-413 = A fost prea mult
    .advice = Formularul conține mai mult text decât putem primi. Scurtați-l și trimiteți-l din nou.
error-422 = Nu s-a putut
    .advice = Ceva din formular lipsește sau este greșit. Reveniți și verificați datele.
error-429 = Prea multe încercări
    .advice = Așteptați puțin și încercați din nou.
error-wait-seconds = { $seconds ->
    [one] Încercați din nou peste o secundă.
    [few] Încercați din nou peste { $seconds } secunde.
   *[other] Încercați din nou peste { $seconds } de secunde.
}
error-wait-minutes = { $minutes ->
    [one] Încercați din nou peste un minut.
    [few] Încercați din nou peste { $minutes } minute.
   *[other] Încercați din nou peste { $minutes } de minute.
}
error-500 = A apărut o problemă la noi
    .advice = Nu este vina dumneavoastră; am notat problema. Încercați din nou peste puțin timp.
error-503 = Magazinul este foarte aglomerat
    .advice = Încercați din nou peste puțin timp. Coșul de cumpărături este în siguranță.

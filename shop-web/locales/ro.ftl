# Textele paginilor. Butoanele dau comenzi (la singular), propozițiile se adresează politicos (la plural) sau neutru.

## În jurul fiecărei pagini

layout-skip = Sari la conținut
layout-search = Caută produse
    .button = Caută
layout-visitor = Contul meu
layout-languages = Limbi
layout-sign-in = Intră în cont
layout-sign-out = Ieși din cont
layout-register = Creează cont
layout-cart = Coș
items = { $count ->
    [one] un produs
    [few] { $count } produse
   *[other] { $count } de produse
}
line = { $count } × { $name }
total = Total
colon = :

## Ce tocmai s-a întâmplat

notice-activation-sent = Am trimis un e-mail. Pentru a activa contul, accesați linkul din mesaj. Dacă nu ajunge în câteva minute, verificați și folderul Spam.
notice-activated = Contul este activ. Acum puteți intra în cont.
notice-signed-in = Ați intrat în cont.
notice-signed-out = Ați ieșit din cont.
notice-item-added = Produsul a fost adăugat în coș.
notice-quantity-set = Cantitatea a fost modificată.
notice-item-removed = Produsul a fost șters din coș.
notice-cart-cleared = Coșul a fost golit.
notice-order-placed = Vă mulțumim! Am primit comanda; confirmarea sosește prin e-mail.
notice-order-repeated = Comanda fusese deja plasată; nimic nu a fost comandat de două ori.
notice-order-canceled = Comanda a fost anulată; confirmarea sosește prin e-mail.
notice-reset-sent = Dacă există un cont cu această adresă, am trimis un e-mail. Pentru a alege o parolă nouă, accesați linkul din mesaj. Dacă nu ajunge în câteva minute, verificați și folderul Spam.
notice-password-reset = Parola a fost schimbată, iar toate sesiunile contului au fost încheiate. Intrați în cont cu parola nouă.
notice-account-saved = Modificările au fost salvate.
notice-email-asked = Modificările au fost salvate. Am trimis un e-mail la noua adresă; pentru a o confirma, accesați linkul din mesaj.
notice-password-changed = Parola a fost schimbată. Toate celelalte sesiuni ale contului au fost încheiate.
notice-email-asked-password-changed = Parola a fost schimbată, iar toate celelalte sesiuni ale contului au fost încheiate. Am trimis un e-mail la noua adresă; pentru a o confirma, accesați linkul din mesaj.
notice-email-confirmed = De acum, contul folosește noua adresă de e-mail.
notice-email-undone = Contul are din nou vechea adresă de e-mail, iar toate sesiunile au fost încheiate. Am trimis un e-mail cu un link pentru alegerea unei parole noi.
notice-session-ended = Sesiunea din acel browser a fost încheiată.
notice-other-sessions-ended = Toate celelalte sesiuni ale contului au fost încheiate.
notice-account-deleted = Contul a fost șters. Vă mulțumim că ați fost alături de noi.
notice-sign-in-first = Pentru a continua, intrați în cont.

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
catalog-sign-in = Pentru a adăuga produse în coș, aveți nevoie de un cont.
catalog-from = de la { $price }
catalog-variant = Variantă pentru { $product }
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
field-password_confirmation = Confirmarea parolei
field-current_password = Parola actuală
field-language = Limbă
field-sku = Codul produsului
field-quantity = Cantitate
password-hint = Între 8 și 1.000 de caractere; cu 15 sau mai multe, parola este mai sigură. Este permis orice caracter, iar câteva cuvinte la rând formează o parolă bună.
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
fault-email = Introduceți o adresă de forma nume@example.com.
fault-password-common = Această parolă este printre primele pe care le încearcă atacatorii. Alegeți alta.
fault-password-is-email = Parola nu poate fi chiar adresa de e-mail. Alegeți alta.
fault-password-confirmation = Cele două parole sunt diferite. Scrieți-le din nou.
fault-password-needed = Pentru a schimba adresa de e-mail sau parola, introduceți parola actuală.
fault-password-wrong = Parola este greșită. Încercați din nou.
fault-language = Alegeți una dintre limbi.
fault-number = Introduceți un număr întreg.
fault-quantity = Introduceți un număr de la 1 la { $most }; în coș nu încap mai multe bucăți din același produs.
fault-cart-full = { $most ->
    [one] În coș încape cel mult un produs.
    [few] În coș încap cel mult { $most } produse diferite. Ștergeți mai întâi unul.
   *[other] În coș încap cel mult { $most } de produse diferite. Ștergeți mai întâi unul.
}
fault-not-for-sale = Acest produs nu este disponibil momentan. Alegeți altul.
fault-short = { $left ->
    [0] Stocul acestui produs este epuizat.
    [one] A mai rămas o singură bucată; în coș nu puteți pune mai multe.
    [few] Au mai rămas doar { $left } bucăți; în coș nu puteți pune mai multe.
   *[other] Au mai rămas doar { $left } de bucăți; în coș nu puteți pune mai multe.
}

## Cont nou, activare, autentificare

register-title = Cont nou
register-email-hint = Vă trimitem un link la această adresă; contul devine activ după ce îl accesați.
register-address-hint = Strada și numărul, codul poștal, localitatea, țara.
register-button = Creează contul
register-sign-in = Aveți deja cont?
activate-title = Activarea contului
activate-text = Un singur clic și puteți începe cumpărăturile.
activate-button = Activează contul
send-activation-title = Retrimiterea linkului de activare
send-activation-text = Dacă există un cont cu această adresă care așteaptă activarea, vă trimitem un link nou.
send-activation-button = Trimite linkul din nou
activation-void = Linkul nu mai este valabil. Dacă ați activat deja contul, intrați în cont; dacă nu, cereți un link nou.
login-title = Autentificare
login-button = Intră în cont
login-refused = Adresa de e-mail sau parola este greșită. Încercați din nou.
login-not-activated = Parola este corectă, dar contul nu a fost încă activat. Accesați linkul primit prin e-mail sau cereți unul nou.
login-send-activation = Trimite linkul din nou
login-register = Nu aveți încă un cont?
login-no-mail = Nu ați primit e-mailul de activare?
login-forgot = Ați uitat parola?

## O parolă nouă prin e-mail

forgot-title = Alege o parolă nouă
forgot-text = Introduceți adresa de e-mail a contului și vă trimitem un link cu care puteți alege o parolă nouă. Linkul este valabil o oră.
forgot-button = Trimite linkul
forgot-back = Înapoi la autentificare
reset-title = Parola nouă
reset-text = După salvare, toate sesiunile contului se încheie și puteți intra în cont cu parola nouă.
reset-button = Salvează parola
reset-void = Linkul nu mai este valabil. Cereți unul nou.

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
account-name = Nume complet
account-to-edit = Modifică datele contului
account-security = Securitate și confidențialitate
account-export = Descarcă datele mele
account-back = Înapoi la contul meu

## Modificarea contului

edit-title = Modificarea datelor contului
edit-email-hint = O adresă nouă devine valabilă după ce accesați linkul pe care îl trimitem la ea.
edit-language-hint = Limba e-mailurilor noastre despre cont și a paginilor, cât timp nu alegeți alta acolo.
edit-password = Parolă nouă
edit-password-hint = Pentru a păstra parola actuală, lăsați goale ambele câmpuri. Parola nouă are între 8 și 1.000 de caractere; cu 15 sau mai multe este mai sigură.
edit-proof = Confirmarea identității
edit-proof-hint = Necesară doar pentru o nouă adresă de e-mail sau o parolă nouă.
edit-button = Salvează modificările
edit-changed = Între timp, contul a fost modificat, poate în altă fereastră. Verificați formularul; dacă îl salvați din nou, va înlocui acea modificare.
confirm-email-title = Confirmarea noii adrese de e-mail
confirm-email-text = Un singur clic și contul va folosi această adresă de e-mail.
confirm-email-button = Confirmă adresa
confirm-email-again = Dacă în cont apare tot vechea adresă, intrați în cont și schimbați-o încă o dată.
undo-email-title = Revenirea la vechea adresă de e-mail
undo-email-text = Adresa de e-mail a contului a fost schimbată. Dacă nu ați schimbat-o dumneavoastră, reveniți la vechea adresă: vom încheia toate sesiunile contului și vă vom trimite un link pentru alegerea unei parole noi.
undo-email-button = Revino la vechea adresă
undo-email-again = Dacă nu puteți intra în cont, cereți o parolă nouă.
email-void = Linkul nu mai este valabil.
email-taken = Între timp, un alt cont a preluat această adresă de e-mail.

## Unde este autentificat contul

sessions-title = Sesiuni active
sessions-text = Contul este deschis în aceste browsere.
sessions-browser = { $browser } pe { $system }
sessions-browser-unknown = Browser necunoscut
sessions-this = Acest browser
sessions-since = Sesiune începută pe { $at }
sessions-last-used = Folosită ultima dată pe { $at }
sessions-end = Încheie sesiunea
sessions-end-others = Încheie toate celelalte sesiuni
sessions-hint = Nu recunoașteți un browser? Încheiați-i sesiunea și alegeți o parolă nouă.
sessions-unknown = Nu am găsit această sesiune. Alegeți una din listă.

## Contul dispare

delete-title = Ștergerea contului
delete-goes = Ce se șterge
delete-goes-text = Numele, adresele și parola, coșul, toate sesiunile și copiile e-mailurilor către dumneavoastră: imediat și definitiv. Contul nu mai poate fi recuperat; un ultim e-mail confirmă ștergerea.
delete-stays = Ce rămâne
delete-stays-text = Comenzile, așa cum cere legea, dar fără numele și adresa dumneavoastră. O comandă aflată încă în curs le păstrează până când este livrată sau anulată.
delete-export = Descarcă mai întâi datele mele
delete-password-hint = Pentru confirmarea identității.
delete-button = Șterge definitiv contul
delete-back = Păstrează contul

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
cart-checkout = Finalizează comanda
cart-go-on = Continuă cumpărăturile
cart-clear = Golește coșul
checkout-title = Finalizarea comenzii
checkout-delivery = Livrare
checkout-address-hint = Doar pentru această comandă; adresa din cont rămâne neschimbată.
checkout-summary = Comanda
checkout-button = Plasează comanda cu obligația de a plăti
checkout-mail = Confirmăm comanda prin e-mail.
checkout-back = Înapoi la coș
checkout-total-changed = Un preț s-a schimbat: totalul este acum { $total }. Verificați comanda înainte de a o plasa.
checkout-lines = Unele produse din coș nu pot fi comandate așa cum sunt. Reveniți în coș și modificați sau ștergeți produsele marcate.

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
order-timeline = Parcursul comenzii
order-to-come = urmează
order-cancel = Anulează comanda
order-cancel-hint = Anularea este posibilă până la plecarea coletului.
order-has-left = Coletul a plecat deja, așa că această comandă nu mai poate fi anulată.
order-has-arrived = Coletul a fost deja livrat, așa că această comandă nu mai poate fi anulată.
order-was-canceled = Această comandă a fost deja anulată.
order-print = Versiune pentru tipărire
order-product = Produs
order-unit-price = Preț unitar
order-state-placed = Primită
order-state-confirmed = Confirmată
order-state-in_progress = Pe drum
order-state-completed = Livrată
order-state-canceled = Anulată
line-state-processing = În pregătire
line-state-fulfilling = În curs de ambalare
line-state-shipped = Pe drum
line-state-delivered = Livrat

## Ce nu a mers

error-to-catalog = Vezi toate produsele
error-400 = Nu am înțeles cererea
    .advice = Ceva nu a fost în regulă cu această cerere. Reveniți la pagina anterioară și încercați din nou.
error-401 = Este nevoie de autentificare
    .advice = Această pagină este doar pentru clienții autentificați.
error-403 = Acces nepermis
    .advice = Dacă ar trebui să aveți acces la această pagină, autentificați-vă cu alt cont.
error-forged = Formularul a expirat
    .advice = Pagina a stat deschisă prea mult sau, între timp, ați intrat ori ați ieșit din cont. Reveniți, reîncărcați pagina și trimiteți formularul din nou.
error-404 = Nu am găsit pagina
    .advice = Poate a fost mutată sau adresa este scrisă greșit. Poate că produsul căutat are acum alt nume.
error-405 = Acțiunea nu este posibilă aici
    .advice = Adresa există, dar nu pentru acest fel de cerere. Reveniți la pagina anterioară și folosiți butonul de acolo.
error-408 = A durat prea mult
    .advice = Cererea nu a ajuns la timp. Verificați conexiunea și încercați din nou.
error-413 = Prea mult text
    .advice = Formularul conține mai mult text decât putem primi. Scurtați-l și trimiteți-l din nou.
error-422 = Cererea nu a putut fi îndeplinită
    .advice = Ceva din formular lipsește sau este greșit. Reveniți la pagina anterioară și verificați datele.
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

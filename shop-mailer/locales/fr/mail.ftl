# Les e-mails de la boutique. $title est le nom de la boutique, $name celui de la personne qui lit.
# Devant ; ! ? se trouve l’espace fine insécable (U+202F), devant : et à l’intérieur de « » l’insécable (U+00A0).

greeting = Bonjour { $name },
greeting-unnamed = Bonjour,
link-hint = Si le bouton ne fonctionne pas, copiez cette adresse dans votre navigateur :
colon = { "\u00A0" }:
link-validity = Le lien est valable { $hours ->
    [one] { $hours } heure
    [many] { $hours } d’heures
   *[other] { $hours } heures
  } et ne peut servir qu’une fois.
link-validity-days = Le lien est valable { $days ->
    [one] { $days } jour
    [many] { $days } de jours
   *[other] { $days } jours
  } et ne peut servir qu’une fois.

## Quelqu’un s’est inscrit avec cette adresse : qu’il prouve qu’elle est à lui.

activation-subject = Activez votre compte chez { $title }
activation-intro = Bienvenue chez { $title } ! Il ne reste qu’une étape : confirmez que cette adresse est bien la vôtre.
activation-action = Activer mon compte
activation-stranger = Si vous n’avez pas créé ce compte, vous n’avez rien à faire : sans cette étape, il ne sera pas ouvert.

## Quelqu’un a voulu un compte avec cette adresse, qui en a déjà un.

already-registered-subject = Vous avez déjà un compte chez { $title }
already-registered-intro = Quelqu’un, peut-être vous, a voulu utiliser cette adresse pour un compte chez { $title }. Un compte y est déjà associé ; rien n’a donc été modifié.
already-registered-action = Se connecter
already-registered-forgot = Mot de passe oublié ? Choisissez-en un nouveau ici :
already-registered-stranger = Si ce n’était pas vous, vous n’avez rien à faire : la personne en question n’a pas appris que vous aviez un compte.

## Quelqu’un a demandé à choisir un nouveau mot de passe.

reset-subject = Choisissez un nouveau mot de passe pour { $title }
reset-intro = Quelqu’un, peut-être vous, a demandé à choisir un nouveau mot de passe pour votre compte chez { $title }.
reset-action = Choisir un nouveau mot de passe
reset-stranger = Si ce n’était pas vous, vous pouvez ignorer cet e-mail : rien n’a été modifié.

## Le mot de passe a été modifié.

password-changed-subject = Votre mot de passe chez { $title } a été modifié
password-changed-intro = Le mot de passe de votre compte chez { $title } a été modifié et les autres sessions ont été fermées.
password-changed-stranger = Si c’était vous, vous n’avez rien à faire. Sinon, choisissez sans attendre un nouveau mot de passe.
password-changed-action = Choisir un nouveau mot de passe

## Le compte doit avoir cette adresse : il faut prouver qu’elle est à qui lit.

email-change-subject = Confirmez votre nouvelle adresse e-mail chez { $title }
email-change-intro = Confirmez que cette adresse est bien la vôtre. Votre compte chez { $title } l’utilisera dès lors.
email-change-action = Confirmer cette adresse
email-change-stranger = Si vous n’avez pas demandé ce changement, vous pouvez ignorer cet e-mail : rien ne sera modifié.

## Le compte a désormais une autre adresse ; ceci part à l’ancienne.

email-changed-subject = Votre compte chez { $title } a une nouvelle adresse e-mail
email-changed-intro = Votre compte chez { $title } utilise désormais cette adresse :
email-changed-stranger = Si c’était vous, vous n’avez rien à faire. Sinon, ouvrez le lien : il rétablit votre ancienne adresse et ferme toutes les sessions. Nous vous enverrons ensuite un autre lien pour choisir un nouveau mot de passe.
email-changed-action = Rétablir mon ancienne adresse

## Le compte a été supprimé.

account-deleted-subject = Votre compte chez { $title } a été supprimé
account-deleted-intro = Votre compte chez { $title } a été supprimé, et avec lui vos données, votre panier, vos sessions et nos copies des e-mails qui vous sont adressés.
account-deleted-orders = Vos commandes restent enregistrées, comme la loi l’exige, mais sans votre nom ni votre adresse ; une commande encore en cours les conserve jusqu’à sa livraison ou son annulation.
account-deleted-farewell = Merci de votre confiance. Au plaisir de vous revoir.

## Tout e-mail au sujet d’une commande.

order-placed = Commande { $number }, passée le { $placed_at }
order-total = Total : { $total }
order-address = Adresse de livraison :
order-action = Voir ma commande

## Une commande est arrivée.

order-received-subject = Nous avons bien reçu votre commande { $number }
order-received-intro = Merci pour votre commande ! Nous l’avons bien reçue et nous nous en occupons.

## Le colis est parti.

order-shipped-subject = Votre commande { $number } est en route
order-shipped-intro = Bonne nouvelle : votre colis est parti, il est en route.

## La commande a été annulée.

order-canceled-subject = Votre commande { $number } a été annulée
order-canceled-by-you = Vous avez annulé cette commande ; elle ne sera pas livrée.
order-canceled-by-shop = Nous avons annulé cette commande et regrettons de ne pas pouvoir la livrer.

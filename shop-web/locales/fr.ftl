# Les textes des pages. Un bouton dit ce qu’il fait, à l’infinitif ; les phrases vouvoient.
# Devant ; ! ? se trouve l’espace fine insécable (U+202F), devant : et à l’intérieur de « » l’insécable (U+00A0).

## Autour de chaque page

layout-skip = Aller au contenu
layout-search = Rechercher un produit
    .button = Rechercher
layout-visitor = Votre compte
layout-languages = Langues
layout-sign-in = Se connecter
layout-sign-out = Se déconnecter
layout-register = Créer un compte
layout-cart = Panier
items = { $count ->
    [one] { $count } article
    [many] { $count } d’articles
   *[other] { $count } articles
}
line = { $count } × { $name }
total = Total
colon = { "\u00A0" }:

## Ce qui vient de se passer

notice-activation-sent = Vous allez recevoir un e-mail. Ouvrez le lien qu’il contient pour activer le compte. S’il n’arrive pas d’ici quelques minutes, consultez vos courriers indésirables.
notice-activated = Le compte est activé. Vous pouvez maintenant vous connecter.
notice-signed-in = Connexion réussie.
notice-signed-out = Déconnexion réussie.
notice-item-added = Ajouté au panier.
notice-quantity-set = La quantité a été modifiée.
notice-item-removed = Retiré du panier.
notice-cart-cleared = Votre panier est maintenant vide.
notice-order-placed = Merci ! Nous avons bien reçu votre commande ; une confirmation vous parviendra par e-mail.
notice-order-repeated = Cette commande avait déjà été passée ; rien n’a été commandé deux fois.
notice-order-canceled = Votre commande a été annulée ; une confirmation vous parviendra par e-mail.
notice-reset-sent = S’il existe un compte avec cette adresse, vous allez recevoir un e-mail. Ouvrez le lien qu’il contient pour choisir un nouveau mot de passe. S’il n’arrive pas d’ici quelques minutes, consultez vos courriers indésirables.
notice-password-reset = Votre mot de passe a été modifié et toutes les sessions de votre compte ont été fermées. Connectez-vous avec le nouveau mot de passe.
notice-account-saved = Vos modifications ont été enregistrées.
notice-email-asked = Vos modifications ont été enregistrées. Vous allez recevoir un e-mail à la nouvelle adresse ; ouvrez le lien qu’il contient pour la confirmer.
notice-password-changed = Votre mot de passe a été modifié. Les autres sessions de votre compte ont été fermées.
notice-email-asked-password-changed = Votre mot de passe a été modifié et les autres sessions de votre compte ont été fermées. Vous allez recevoir un e-mail à la nouvelle adresse ; ouvrez le lien qu’il contient pour la confirmer.
notice-email-confirmed = Votre compte utilise désormais la nouvelle adresse e-mail.
notice-email-undone = Votre compte a retrouvé son ancienne adresse e-mail et toutes ses sessions ont été fermées. Vous allez recevoir un e-mail contenant un lien pour choisir un nouveau mot de passe.
notice-session-ended = La session dans ce navigateur a été fermée.
notice-other-sessions-ended = Les autres sessions de votre compte ont été fermées.
notice-account-deleted = Votre compte a été supprimé. Merci de votre confiance.
notice-sign-in-first = Connectez-vous pour continuer.

## Catalogue et produit

catalog-title = Tous les produits
catalog-results = Résultats pour « { $text } »
catalog-categories = Catégories
catalog-everything = Tous les produits
catalog-sort = Trier par
    .button = Trier
catalog-sort-catalog = Notre sélection
catalog-sort-newest = Nouveautés
catalog-sort-price_up = Prix croissant
catalog-sort-price_down = Prix décroissant
catalog-sign-in = Pour ajouter des produits au panier, il vous faut un compte.
catalog-from = à partir de { $price }
catalog-variant = Variante de { $product }
catalog-nothing-found = Nous n’avons rien trouvé pour « { $text } ». Essayez un autre mot, ou un mot plus court.
catalog-nothing-here = Il n’y a pas encore de produits ici.
catalog-show-everything = Voir tous les produits
catalog-pages = Pages
catalog-page = Page { $number }
catalog-previous = Page précédente
catalog-next = Page suivante
product-add = Ajouter au panier
product-sold-out = Épuisé
product-not-for-sale = Ce produit n’est pas en vente actuellement.
product-left = { $count ->
    [one] Plus que { $count } exemplaire
    [many] Plus que { $count } d’exemplaires
   *[other] Plus que { $count } exemplaires
}
product-back = Retour à tous les produits

## Champs des formulaires

field-email = Adresse e-mail
field-last_name = Nom
field-first_name = Prénom
field-address = Adresse de livraison
field-password = Mot de passe
field-password_confirmation = Confirmer le mot de passe
field-current_password = Mot de passe actuel
field-language = Langue
field-sku = Référence du produit
field-quantity = Quantité
password-hint = De 8 à 1 000 caractères ; à partir de 15, il est plus sûr. Tous les caractères conviennent, et quelques mots à la suite font un bon mot de passe.
form-faults = { $count ->
    [one] Veuillez corriger { $count } champ.
    [many] Veuillez corriger { $count } de champs.
   *[other] Veuillez corriger { $count } champs.
}

## Ce qui ne va pas dans un champ

fault-empty = Veuillez remplir ce champ.
fault-too-short = Veuillez saisir au moins { $least } caractères.
fault-too-long = Veuillez saisir { $most } caractères au maximum.
fault-invisible = Le texte contient un caractère invisible ({ $code }). Supprimez-le ou saisissez le texte à nouveau.
fault-email = Veuillez saisir une adresse telle que nom@example.com.
fault-password-common = Ce mot de passe est parmi les premiers que les pirates essaient. Choisissez-en un autre.
fault-password-is-email = Le mot de passe ne peut pas être l’adresse e-mail. Choisissez-en un autre.
fault-password-confirmation = Les deux mots de passe diffèrent. Veuillez les saisir à nouveau.
fault-password-needed = Pour changer l’adresse e-mail ou le mot de passe, veuillez saisir votre mot de passe actuel.
fault-password-wrong = Le mot de passe est incorrect. Veuillez réessayer.
fault-language = Veuillez choisir l’une des langues.
fault-number = Veuillez saisir un nombre entier.
fault-quantity = Veuillez saisir un nombre de 1 à { $most } ; le panier ne peut pas contenir plus d’exemplaires d’un même produit.
fault-cart-full = { $most ->
    [one] Le panier peut contenir au plus { $most } produit.
    [many] Le panier peut contenir au plus { $most } de produits différents. Retirez-en un d’abord.
   *[other] Le panier peut contenir au plus { $most } produits différents. Retirez-en un d’abord.
}
fault-not-for-sale = Ce produit n’est pas en vente actuellement. Veuillez en choisir un autre.
fault-short = { $left ->
    [0] Ce produit est épuisé.
    [one] Il ne reste plus qu’un exemplaire ; le panier ne peut pas en contenir plus.
    [many] Il ne reste plus que { $left } d’exemplaires ; le panier ne peut pas en contenir plus.
   *[other] Il ne reste plus que { $left } exemplaires ; le panier ne peut pas en contenir plus.
}

## Créer un compte, l’activer, se connecter

register-title = Créer un compte
register-email-hint = Nous vous enverrons un lien à cette adresse ; le compte sera activé dès que vous l’aurez ouvert.
register-address-hint = Numéro et rue, code postal, ville, pays.
register-button = Créer mon compte
register-sign-in = Vous avez déjà un compte ?
activate-title = Activer votre compte
activate-text = Plus qu’un clic, et vous pourrez faire vos achats.
activate-button = Activer mon compte
send-activation-title = Renvoyer le lien d’activation
send-activation-text = Si un compte associé à cette adresse attend son activation, nous y enverrons un nouveau lien.
send-activation-button = Renvoyer le lien
activation-void = Ce lien n’est plus valable. Si le compte est déjà activé, connectez-vous ; sinon, demandez un nouveau lien.
login-title = Se connecter
login-button = Se connecter
login-refused = L’adresse e-mail ou le mot de passe est incorrect. Veuillez réessayer.
login-not-activated = Le mot de passe est correct, mais le compte n’est pas encore activé. Ouvrez le lien que nous vous avons envoyé par e-mail, ou demandez-en un nouveau.
login-send-activation = Renvoyer le lien
login-register = Pas encore de compte ?
login-no-mail = Vous n’avez pas reçu l’e-mail d’activation ?
login-forgot = Mot de passe oublié ?

## Un nouveau mot de passe par e-mail

forgot-title = Choisir un nouveau mot de passe
forgot-text = Indiquez l’adresse e-mail de votre compte et nous vous enverrons un lien pour choisir un nouveau mot de passe. Il est valable une heure.
forgot-button = Envoyer le lien
forgot-back = Retour à la connexion
reset-title = Votre nouveau mot de passe
reset-text = Dès qu’il sera enregistré, toutes les sessions de votre compte seront fermées et vous pourrez vous connecter avec le nouveau mot de passe.
reset-button = Enregistrer le mot de passe
reset-void = Ce lien n’est plus valable. Veuillez en demander un nouveau.

## Compte

account-title = Votre compte
account-greeting = Bonjour { $name } !
account-cart = { $count ->
    [one] { $count } article, { $total }
    [many] { $count } d’articles, { $total }
   *[other] { $count } articles, { $total }
}
account-to-cart = Voir le panier
account-orders = Tout ce que vous avez commandé, et où en sont vos commandes.
account-to-orders = Voir les commandes
account-details = Vos coordonnées
account-name = Nom complet
account-to-edit = Modifier mon compte
account-security = Sécurité et confidentialité
account-export = Télécharger mes données
account-back = Retour à votre compte

## Modifications du compte

edit-title = Modifier votre compte
edit-email-hint = Une nouvelle adresse ne prend effet qu’après l’ouverture du lien que nous y enverrons.
edit-language-hint = Pour nos e-mails au sujet de votre compte, et pour les pages tant que vous n’y choisissez pas une autre langue.
edit-password = Nouveau mot de passe
edit-password-hint = Pour garder votre mot de passe, laissez les deux champs vides. Le nouveau doit comporter de 8 à 1 000 caractères ; à partir de 15, il est plus sûr.
edit-proof = Confirmez votre identité
edit-proof-hint = Nécessaire seulement pour une nouvelle adresse e-mail ou un nouveau mot de passe.
edit-button = Enregistrer les modifications
edit-changed = Entre-temps, votre compte a été modifié, peut-être dans une autre fenêtre. Vérifiez le formulaire ; si vous l’enregistrez de nouveau, il remplacera cette modification.
confirm-email-title = Confirmer votre nouvelle adresse e-mail
confirm-email-text = Plus qu’un clic, et votre compte utilisera cette adresse e-mail.
confirm-email-button = Confirmer l’adresse
confirm-email-again = Si votre compte a encore l’ancienne adresse, connectez-vous et modifiez-la de nouveau.
undo-email-title = Rétablir votre adresse e-mail
undo-email-text = L’adresse e-mail de votre compte a été modifiée. Si ce n’était pas vous, rétablissez l’ancienne : nous fermerons toutes les sessions de votre compte et vous enverrons un lien pour choisir un nouveau mot de passe.
undo-email-button = Rétablir l’ancienne adresse
undo-email-again = Si vous n’arrivez pas à vous connecter, demandez un nouveau mot de passe.
email-void = Ce lien n’est plus valable.
email-taken = Entre-temps, un autre compte a pris cette adresse e-mail.

## Où le compte est ouvert

sessions-title = Vos sessions ouvertes
sessions-text = Votre compte est ouvert dans ces navigateurs.
sessions-browser = { $browser } sur { $system }
sessions-browser-unknown = Navigateur inconnu
sessions-this = Ce navigateur
sessions-since = Session ouverte le { $at }
sessions-last-used = Dernière utilisation le { $at }
sessions-end = Fermer cette session
sessions-end-others = Fermer toutes les autres sessions
sessions-hint = Vous ne reconnaissez pas l’un d’eux ? Fermez sa session et choisissez un nouveau mot de passe.
sessions-unknown = Nous n’avons pas trouvé cette session. Choisissez-en une dans la liste.

## Le compte disparaît

delete-title = Supprimer votre compte
delete-goes = Ce qui est supprimé
delete-goes-text = Votre nom, vos adresses et votre mot de passe, votre panier, toutes les sessions et nos copies des e-mails qui vous sont adressés : immédiatement et définitivement. Personne ne peut rétablir le compte ; un dernier e-mail confirmera sa suppression.
delete-stays = Ce qui reste
delete-stays-text = Vos commandes, comme la loi l’exige, mais sans votre nom ni votre adresse. Une commande encore en cours les conserve jusqu’à sa livraison ou son annulation.
delete-export = Télécharger d’abord mes données
delete-password-hint = Pour confirmer votre identité.
delete-button = Supprimer définitivement le compte
delete-back = Garder le compte

## Panier et commande

cart-title = Votre panier
cart-empty = Votre panier est vide.
cart-to-catalog = Voir les produits
cart-each = { $price } l’unité
cart-quantity-of = Quantité de { $name }
cart-update = Mettre à jour
cart-remove = Retirer
cart-gone = Ce produit n’est plus dans notre catalogue. Veuillez le retirer.
cart-hidden = Ce produit n’est pas en vente actuellement. Veuillez le retirer.
cart-short = { $left ->
    [0] Ce produit est épuisé. Veuillez le retirer.
    [one] Il ne reste plus qu’un exemplaire. Veuillez réduire la quantité.
    [many] Il ne reste plus que { $left } d’exemplaires. Veuillez réduire la quantité.
   *[other] Il ne reste plus que { $left } exemplaires. Veuillez réduire la quantité.
}
cart-summary = Récapitulatif
cart-not-orderable = Avant de commander, veuillez modifier ou retirer les produits signalés.
cart-checkout = Passer commande
cart-go-on = Continuer mes achats
cart-clear = Vider le panier
checkout-title = Validation de la commande
checkout-delivery = Livraison
checkout-address-hint = Pour cette commande seulement ; l’adresse de votre compte ne change pas.
checkout-summary = Votre commande
checkout-button = Commander avec obligation de paiement
checkout-mail = Nous vous confirmons la commande par e-mail.
checkout-back = Retour au panier
checkout-total-changed = Un prix a changé : le total est maintenant de { $total }. Veuillez vérifier la commande avant de la valider.
checkout-lines = Certains produits de votre panier ne peuvent pas être commandés en l’état. Veuillez retourner au panier et modifier ou retirer ceux qui sont signalés.

## Commandes

orders-title = Vos commandes
orders-none = Vous n’avez encore rien commandé.
orders-newest = Commandes les plus récentes
orders-older = Commandes plus anciennes
order-title = Commande { $number }
order-placed-at = Passée le { $at }
order-pieces = { $count } × { $price }
order-summary = Commande
order-recipient = Destinataire
order-address = Adresse de livraison
order-back = Retour à toutes les commandes
order-timeline = Suivi de la commande
order-to-come = à venir
order-cancel = Annuler la commande
order-cancel-hint = Vous pouvez l’annuler jusqu’au départ du colis.
order-has-left = Le colis est déjà parti ; cette commande ne peut plus être annulée.
order-has-arrived = Le colis a déjà été livré ; cette commande ne peut plus être annulée.
order-was-canceled = Cette commande a déjà été annulée.
order-print = Version imprimable
order-product = Produit
order-unit-price = Prix unitaire
order-state-placed = Reçue
order-state-confirmed = Confirmée
order-state-in_progress = En route
order-state-completed = Livrée
order-state-canceled = Annulée
line-state-processing = En préparation
line-state-fulfilling = En cours d’emballage
line-state-shipped = En route
line-state-delivered = Livré

## Ce qui n’a pas marché

error-to-catalog = Voir tous les produits
error-400 = Nous n’avons pas compris la demande
    .advice = Quelque chose n’était pas comme prévu. Veuillez revenir en arrière et réessayer.
error-401 = Veuillez vous connecter
    .advice = Cette page est réservée aux clients connectés.
error-403 = Cette page ne vous est pas accessible
    .advice = Si vous pensez qu’elle devrait l’être, connectez-vous avec un autre compte.
error-forged = Le formulaire a expiré
    .advice = La page est restée ouverte trop longtemps, ou la session a été ouverte ou fermée entre-temps. Revenez en arrière, rechargez la page et envoyez le formulaire à nouveau.
error-404 = Cette page est introuvable
    .advice = Elle a peut-être été déplacée, ou le lien contient une faute de frappe. Le produit que vous cherchez a peut-être changé de nom.
error-405 = Cette action n’est pas possible ici
    .advice = L’adresse existe, mais pas pour ce type de demande. Revenez en arrière et utilisez le bouton de la page.
error-408 = Le délai est dépassé
    .advice = La demande n’est pas arrivée à temps. Vérifiez votre connexion et réessayez.
error-413 = Trop de texte
    .advice = Le formulaire contient plus de texte que nous n’en acceptons. Raccourcissez-le et envoyez-le à nouveau.
error-422 = L’opération n’a pas abouti
    .advice = Un élément du formulaire manque ou est incorrect. Revenez en arrière et vérifiez-le.
error-429 = Trop de tentatives
    .advice = Patientez un peu et réessayez.
error-wait-seconds = { $seconds ->
    [one] Veuillez réessayer dans { $seconds } seconde.
    [many] Veuillez réessayer dans { $seconds } de secondes.
   *[other] Veuillez réessayer dans { $seconds } secondes.
}
error-wait-minutes = { $minutes ->
    [one] Veuillez réessayer dans { $minutes } minute.
    [many] Veuillez réessayer dans { $minutes } de minutes.
   *[other] Veuillez réessayer dans { $minutes } minutes.
}
error-500 = Une erreur s’est produite de notre côté
    .advice = Vous n’y êtes pour rien, et nous en avons pris note. Veuillez réessayer dans un instant.
error-503 = La boutique est très sollicitée
    .advice = Veuillez réessayer dans un instant. Votre panier est en sécurité.

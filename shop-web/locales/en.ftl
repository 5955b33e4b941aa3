# The texts of the shop's pages. Plain and friendly; a button says what it does, a fault says what to do about it.

## Around every page

layout-skip = Skip to content
layout-search = Search products
    .button = Search
layout-visitor = Your account
layout-languages = Languages
layout-sign-in = Sign in
layout-sign-out = Sign out
layout-register = Create account
layout-cart = Cart
items = { $count ->
    [one] one item
   *[other] { $count } items
}
line = { $count } × { $name }
total = Total
# What stands between a label and what follows it; French has a space before it.
colon = :

## What has just happened

notice-activation-sent = An e-mail is on its way. Please follow the link in it to activate the account. If it does not arrive within a few minutes, please check your spam folder.
notice-activated = The account is active. You can sign in now.
notice-signed-in = You are signed in.
notice-signed-out = You are signed out.
notice-item-added = Added to your cart.
notice-quantity-set = The quantity has been changed.
notice-item-removed = Removed from your cart.
notice-cart-cleared = Your cart is empty now.
notice-order-placed = Thank you! We have received your order; a confirmation is on its way by e-mail.
notice-order-repeated = This order was placed before; nothing was ordered twice.
notice-order-canceled = Your order has been canceled; a confirmation is on its way by e-mail.
notice-reset-sent = If there is an account with this address, an e-mail is on its way. Please follow the link in it to choose a new password. If it does not arrive within a few minutes, please check your spam folder.
notice-password-reset = Your password has been changed, and your account is signed out everywhere. Please sign in with the new password.
notice-account-saved = Your changes have been saved.
notice-email-asked = Your changes have been saved. An e-mail is on its way to the new address; please follow the link in it to confirm the address.
notice-password-changed = Your password has been changed. Your account is signed out everywhere else.
notice-email-asked-password-changed = Your password has been changed, and your account is signed out everywhere else. An e-mail is on its way to the new address; please follow the link in it to confirm the address.
notice-email-confirmed = Your account uses the new e-mail address from now on.
notice-email-undone = Your account has its old e-mail address again and is signed out everywhere. An e-mail with a link to choose a new password is on its way.
notice-session-ended = That browser has been signed out.
notice-other-sessions-ended = Your account is signed out in all other browsers.
notice-account-deleted = Your account has been deleted. Thank you for shopping with us.
notice-sign-in-first = Please sign in to continue.

## Catalog and product

catalog-title = All products
catalog-results = Results for “{ $text }”
catalog-categories = Categories
catalog-everything = All products
catalog-sort = Sort by
    .button = Sort
catalog-sort-catalog = Our selection
catalog-sort-newest = Newest first
catalog-sort-price_up = Price: low to high
catalog-sort-price_down = Price: high to low
catalog-sign-in = You need an account to add products to the cart.
catalog-from = from { $price }
catalog-variant = Variant of { $product }
catalog-nothing-found = We found nothing for “{ $text }”. Please try another word, or a shorter one.
catalog-nothing-here = There are no products here yet.
catalog-show-everything = Show all products
catalog-pages = Pages
catalog-page = Page { $number }
catalog-previous = Previous page
catalog-next = Next page
product-add = Add to cart
product-sold-out = Sold out
product-not-for-sale = This product is not for sale at the moment.
product-left = { $count ->
    [one] Only one left
   *[other] Only { $count } left
}
product-back = Back to all products

## Fields of forms

field-email = E-mail address
field-last_name = Last name
field-first_name = First name
field-address = Delivery address
field-password = Password
field-password_confirmation = Password again
field-current_password = Current password
field-language = Language
field-sku = Product code
field-quantity = Quantity
password-hint = 8 to 1,000 characters; 15 or more are safer. Any characters will do, and a few words in a row make a good password.
form-faults = { $count ->
    [one] Please correct one field.
   *[other] Please correct { $count } fields.
}

## What is wrong with a field

fault-empty = Please fill in this field.
fault-too-short = Please enter at least { $least } characters.
fault-too-long = Please enter at most { $most } characters.
fault-invisible = The text has an invisible character ({ $code }). Please delete it, or type the text again.
fault-email = Please enter an address such as name@example.com.
fault-password-common = This password is among the first that attackers try. Please choose another one.
fault-password-is-email = The password must not be the e-mail address. Please choose another one.
fault-password-confirmation = The two passwords differ. Please type both again.
fault-password-needed = Please enter your current password to change the e-mail address or the password.
fault-password-wrong = The password is wrong. Please try again.
fault-language = Please choose one of the languages.
fault-number = Please enter a whole number.
fault-quantity = Please enter a number from 1 to { $most }; your cart cannot hold more of one product.
fault-cart-full = { $most ->
    [one] A cart holds one product at most.
   *[other] A cart holds { $most } different products at most. Please remove one first.
}
fault-not-for-sale = This product is not for sale at the moment. Please choose another one.
fault-short = { $left ->
    [0] This product is sold out.
    [one] Only one piece is left; your cart cannot hold more.
   *[other] Only { $left } pieces are left; your cart cannot hold more.
}

## Register, activate, sign in

register-title = Create an account
register-email-hint = We will send a link to this address; the account is active once you have followed it.
register-address-hint = Street and number, postal code, town, country.
register-button = Create account
register-sign-in = Already have an account?
activate-title = Activate your account
activate-text = One click, and your account is ready for shopping.
activate-button = Activate account
send-activation-title = Send the activation link again
send-activation-text = If an account with this address is waiting for its activation, we will send it a new link.
send-activation-button = Send the link again
activation-void = This link is no longer valid. If the account is already active, you can simply sign in; otherwise, ask for a new link.
login-title = Sign in
login-button = Sign in
login-refused = The e-mail address or the password is wrong. Please try again.
login-not-activated = The password is right, but the account has not been activated yet. Please follow the link that we have sent by e-mail, or ask for a new one.
login-send-activation = Send the link again
login-register = New here?
login-no-mail = No activation e-mail?
login-forgot = Forgot your password?

## A new password by mail

forgot-title = Choose a new password
forgot-text = Tell us the e-mail address of your account, and we will send you a link to choose a new password. It is valid for one hour.
forgot-button = Send the link
forgot-back = Back to sign-in
reset-title = Your new password
reset-text = Once it is saved, your account is signed out everywhere, and you can sign in with the new password.
reset-button = Save password
reset-void = This link is no longer valid. Please ask for a new one.

## Account

account-title = Your account
account-greeting = Hello, { $name }!
account-cart = { $count ->
    [one] One item, { $total }
   *[other] { $count } items, { $total }
}
account-to-cart = Go to cart
account-orders = Everything you have ordered, and how far each order has come.
account-to-orders = Show orders
account-details = Your details
account-name = Name
account-to-edit = Edit account
account-security = Security and privacy
account-export = Download your data
account-back = Back to your account

## Changes of the account

edit-title = Edit your account
edit-email-hint = A new address takes effect once you have followed the link that we will send to it.
edit-language-hint = For our e-mails about your account, and for pages unless you choose another one there.
edit-password = New password
edit-password-hint = To keep your password, leave both fields empty. A new one needs 8 to 1,000 characters; 15 or more are safer.
edit-proof = Confirm that it is you
edit-proof-hint = Only needed for a new e-mail address or a new password.
edit-button = Save changes
edit-changed = Your account was changed in the meantime, perhaps in another window. Please check the form; if you save it again, it replaces that change.
confirm-email-title = Confirm your new e-mail address
confirm-email-text = One click, and your account uses this e-mail address.
confirm-email-button = Confirm address
confirm-email-again = If your account still has the old address, please sign in and change it once more.
undo-email-title = Restore your e-mail address
undo-email-text = The e-mail address of your account was changed. If it was not you, take the old address back: we will sign your account out everywhere and send you a link to choose a new password.
undo-email-button = Restore the old address
undo-email-again = If you cannot sign in to your account, ask for a new password.
email-void = This link is no longer valid.
email-taken = By now, another account has this e-mail address.

## Where the account is signed in

sessions-title = Where you are signed in
sessions-text = These browsers are signed in to your account.
sessions-browser = { $browser } on { $system }
sessions-browser-unknown = Unknown browser
sessions-this = This browser
sessions-since = Signed in on { $at }
sessions-last-used = Last used on { $at }
sessions-end = Sign out
sessions-end-others = Sign out everywhere else
sessions-hint = You do not recognize one of them? Sign it out and choose a new password.
sessions-unknown = We could not find that browser. Please choose one from the list.

## The account goes

delete-title = Delete your account
delete-goes = What is deleted
delete-goes-text = Your name, addresses and password, your cart, all sign-ins, and our copies of the e-mails to you: at once and for good. Nobody can bring the account back; one last e-mail will confirm that it is gone.
delete-stays = What stays
delete-stays-text = Your orders, as the law requires, but without your name and address. An order that is still open keeps them until it is delivered or canceled.
delete-export = Download your data first
delete-password-hint = To confirm that it is you.
delete-button = Delete the account for good
delete-back = Keep the account

## Cart and checkout

cart-title = Your cart
cart-empty = Your cart is empty.
cart-to-catalog = Browse products
cart-each = { $price } each
cart-quantity-of = Quantity of { $name }
cart-update = Update
cart-remove = Remove
cart-gone = This product is no longer in our catalog. Please remove it.
cart-hidden = This product is not for sale at the moment. Please remove it.
cart-short = { $left ->
    [0] This product is sold out. Please remove it.
    [one] Only one piece is left. Please reduce the quantity.
   *[other] Only { $left } pieces are left. Please reduce the quantity.
}
cart-summary = Summary
cart-not-orderable = Please change or remove the marked products before you order.
cart-checkout = Go to checkout
cart-go-on = Continue shopping
cart-clear = Empty the cart
checkout-title = Checkout
checkout-delivery = Delivery
checkout-address-hint = For this order only; the address of your account stays as it is.
checkout-summary = Your order
checkout-button = Place order with obligation to pay
checkout-mail = We will confirm the order by e-mail.
checkout-back = Back to the cart
checkout-total-changed = A price has changed: the total is { $total } now. Please look at the order again before you place it.
checkout-lines = Some products in your cart cannot be ordered as they are. Please go back to the cart and change or remove the marked ones.

## Orders

orders-title = Your orders
orders-none = You have not ordered anything yet.
orders-newest = Newest orders
orders-older = Older orders
order-title = Order { $number }
order-placed-at = Placed on { $at }
order-pieces = { $count } × { $price }
order-summary = Order
order-recipient = Recipient
order-address = Delivery address
order-back = Back to all orders
order-timeline = Order progress
order-to-come = still to come
order-cancel = Cancel order
order-cancel-hint = You can cancel until the parcel leaves.
order-has-left = The parcel has already left, so this order can no longer be canceled.
order-has-arrived = The parcel has already arrived, so this order can no longer be canceled.
order-was-canceled = This order has already been canceled.
order-print = Print view
order-product = Product
order-unit-price = Unit price
order-state-placed = Received
order-state-confirmed = Confirmed
order-state-in_progress = On its way
order-state-completed = Delivered
order-state-canceled = Canceled
line-state-processing = Being prepared
line-state-fulfilling = Being packed
line-state-shipped = On its way
line-state-delivered = Delivered

## What went wrong

error-to-catalog = Show all products
error-400 = We could not understand that
    .advice = Something about the request was not as expected. Please go back and try again.
error-401 = Please sign in
    .advice = This page is for signed-in shoppers only.
error-403 = This page is not for you
    .advice = If you think that it should be, please sign in with another account.
error-forged = The form has expired
    .advice = The page was open for too long, or you have signed in or out in the meantime. Please go back, reload the page and send the form again.
error-404 = We could not find that page
    .advice = It may have moved, or there may be a typo in the link. The product that you are looking for may have a new name.
error-405 = That does not work here
    .advice = The address exists, but not for this kind of request. Please go back and use the button on the page.
error-408 = That took too long
    .advice = The request did not arrive in time. Please check your connection and try again.
error-413 = That was too much text
    .advice = The form holds more text than we take. Please shorten it and send it again.
error-422 = That could not be done
    .advice = Something in the form is missing or wrong. Please go back and look at it again.
error-429 = Too many attempts
    .advice = Please wait a little and try again.
error-wait-seconds = { $seconds ->
    [one] Please try again in one second.
   *[other] Please try again in { $seconds } seconds.
}
error-wait-minutes = { $minutes ->
    [one] Please try again in one minute.
   *[other] Please try again in { $minutes } minutes.
}
error-500 = Something went wrong on our side
    .advice = It is not your fault, and we have made a note of it. Please try again in a moment.
error-503 = The shop is very busy
    .advice = Please try again in a moment. Your cart is safe.

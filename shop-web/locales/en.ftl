# The texts of the shop's pages. Plain and friendly; a button says what it does, a fault says what to do about it.

## Around every page

layout-skip = Skip to content
layout-search = Search products
    .button = Search
layout-visitor = Your account
layout-languages = Languages
layout-sign-in = Sign in
layout-sign-out = Sign out
layout-register = Register
layout-cart = Cart
items = { $count ->
    [one] one item
   *[other] { $count } items
}
line = { $count } × { $name }
total = Total

## What has just happened

notice-activation-sent = A mail is on its way. Please follow the link in it to activate the account. If it does not arrive within a few minutes, please look into the spam folder.
notice-activated = The account is active. You can sign in now.
notice-signed-in = You are signed in.
notice-signed-out = You are signed out.
notice-item-added = Added to your cart.
notice-quantity-set = The quantity has been changed.
notice-item-removed = Removed from your cart.
notice-cart-cleared = Your cart is empty now.
notice-order-placed = Thank you! We have received your order; a confirmation by mail is on its way.
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
catalog-sign-in = To add products to a cart, please sign in.
catalog-from = from { $price }
catalog-variant = Variant of { $product }
catalog-nothing-found = We found nothing for “{ $text }”. Another word may help, or a shorter one.
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
fault-invisible = The text has an invisible character ({ $code }). Please delete it, or type the text anew.
fault-email = Please enter an address such as name@example.com.
fault-password-common = This password is among the first that attackers try. Please choose another one.
fault-password-is-email = The password must not be the e-mail address. Please choose another one.
fault-password-confirmation = The two passwords differ. Please type both again.
fault-number = Please enter a whole number.
fault-quantity = Please enter a number from 1 to { $most }.
fault-cart-full = { $most ->
    [one] A cart holds one product at most.
   *[other] A cart holds { $most } different products at most. Please remove one first.
}
fault-not-for-sale = This product is not for sale at the moment.
fault-short = { $left ->
    [0] This product is sold out.
    [one] Only one piece is left.
   *[other] Only { $left } pieces are left.
}

## Register, activate, sign in

register-title = Create an account
register-email-hint = We send a link to this address; the account is active once you have followed it.
register-address-hint = Street and number, postal code, town, country.
register-button = Create account
register-sign-in = You have an account already?
activate-title = Activate your account
activate-text = One click, and the account is ready for shopping.
activate-button = Activate account
send-activation-title = Send the activation link again
send-activation-text = If an account with this address waits for its activation, we send it a new link.
send-activation-button = Send the link again
activation-void = This link is no longer valid. If the account is active already, you can simply sign in; otherwise have a new link sent.
login-title = Sign in
login-button = Sign in
login-refused = E-mail address or password is wrong. Please try again.
login-not-activated = The password is right, but the account has not been activated yet. Please follow the link that we have sent by mail, or have it sent again.
login-send-activation = Send the link again
login-register = New here?
login-no-mail = The activation mail did not arrive?

## Account

account-title = Your account
account-greeting = Hello, { $name }!
account-cart = { $count ->
    [one] One item, { $total }
   *[other] { $count } items, { $total }
}
account-to-cart = Go to cart
account-orders = What you have ordered so far, and how far it has come.
account-to-orders = Show orders
account-details = Your details
account-name = Name

## Cart and checkout

cart-title = Your cart
cart-empty = Your cart is empty.
cart-to-catalog = Look around
cart-each = { $price } each
cart-quantity-of = Quantity of { $name }
cart-update = Update
cart-remove = Remove
cart-gone = This product is not in our catalog any more. Please remove it.
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
checkout-mail = We confirm the order by mail.
checkout-back = Back to the cart
checkout-total-changed = A price has changed: the total is { $total } now. Please look at the order again before you place it.
checkout-lines = Some products of your cart cannot be ordered as they stand. Please look at the marked ones.

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

error-to-catalog = To all products
error-400 = We could not understand that
    .advice = Something about the request was not as expected. Please go back and try again.
error-401 = Please sign in
    .advice = This page is for signed-in shoppers only.
error-403 = This page is not for you
    .advice = If you think that it should be, please sign in with another account.
error-forged = The form has expired
    .advice = The page was open for too long, or you have signed in or out in the meantime. Please go back, reload the page and send the form again.
error-404 = We could not find that page
    .advice = It may have moved, or the link has a typing error. The product that you look for may have a new name.
error-405 = That does not work here
    .advice = The address exists, but not for this kind of request. Please go back and use the button on the page.
error-408 = That took too long
    .advice = The request did not arrive in time. Please check your connection and try again.
error-413 = That was too much
    .advice = The form holds more text than we take. Please shorten it and send it again.
error-422 = That could not be done
    .advice = Something in the form is missing or wrong. Please go back and look at it again.
error-429 = Too many tries
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

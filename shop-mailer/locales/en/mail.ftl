# The shop's mails. $title is the shop's name, $name the reader's.

greeting = Hello { $name },
greeting-unnamed = Hello,
link-hint = If the button does not work, copy this address into your browser:
# What stands between a label and what follows it; French has a space before it.
colon = :
# $hours is how long the link holds.
link-validity = The link is valid for { $hours ->
    [one] one hour
   *[other] { $hours } hours
  } and can be used once.
# The same for a link that holds for days.
link-validity-days = The link is valid for { $days ->
    [one] one day
   *[other] { $days } days
  } and can be used once.

## Somebody has registered with this address: prove that it is yours.

activation-subject = Activate your account at { $title }
activation-intro = Welcome to { $title }! One step is left: confirm that this address is yours.
activation-action = Activate my account
activation-stranger = If you did not register, you need not do anything: without this step, the account stays closed.

## Somebody has tried to register with this address, or to move an account to it, but it has one.

already-registered-subject = You already have an account at { $title }
already-registered-intro = Somebody, perhaps you, wanted to use this address for an account at { $title }. It already has one, so nothing has changed.
already-registered-action = Sign in
already-registered-forgot = Forgot your password? Choose a new one here:
already-registered-stranger = If it was not you, you need not do anything: whoever it was has not learned that you have an account.

## Somebody has asked to choose a new password.

reset-subject = Choose a new password for { $title }
reset-intro = Somebody, perhaps you, has asked to choose a new password for your account at { $title }.
reset-action = Choose a new password
reset-stranger = If it was not you, you can ignore this e-mail: nothing has changed.

## The password was changed.

password-changed-subject = Your password at { $title } was changed
password-changed-intro = The password of your account at { $title } was changed, and the account was signed out in all other browsers.
password-changed-stranger = If it was you, you need not do anything. If it was not, choose a new password at once.
password-changed-action = Choose a new password

## The account is to have this address: prove that it is yours.

email-change-subject = Confirm your new e-mail address at { $title }
email-change-intro = Please confirm that this address is yours. Your account at { $title } uses it from then on.
email-change-action = Confirm this address
email-change-stranger = If you did not ask for this, you can ignore this e-mail: nothing changes.

## The account has another address now; this goes to the old one.

email-changed-subject = Your account at { $title } has a new e-mail address
# The new address follows.
email-changed-intro = Your account at { $title } now uses this address:
email-changed-stranger = If it was you, you need not do anything. If it was not, follow the link: it brings your old address back and signs your account out everywhere. We will then send you another link to choose a new password.
email-changed-action = Bring my old address back

## The account was deleted.

account-deleted-subject = Your account at { $title } has been deleted
account-deleted-intro = Your account at { $title } has been deleted, and with it your details, your cart, all sign-ins and our copies of the e-mails to you.
account-deleted-orders = Your orders stay on record, as the law requires, but without your name and address; an order that is still open keeps them until it is delivered or canceled.
account-deleted-farewell = Thank you for shopping with us. You are always welcome back.

## Any mail about an order.

# $number is the order's number, $placed_at the day and the time.
order-placed = Order { $number }, placed on { $placed_at }
order-total = Total: { $total }
order-address = Delivery address:
order-action = See my order

## An order has come in.

order-received-subject = We have received your order { $number }
order-received-intro = Thank you for your order! We have received it and will take good care of it.

## The parcel has left.

order-shipped-subject = Your order { $number } is on its way
order-shipped-intro = Good news: your parcel has left and is on its way to you.

## The order was called off.

order-canceled-subject = Your order { $number } has been canceled
order-canceled-by-you = You have canceled this order; it will not be delivered.
order-canceled-by-shop = We have canceled this order and are sorry that we cannot deliver it.

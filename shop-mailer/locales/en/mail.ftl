# The shop's mails. $title is the shop's name, $name the reader's.

greeting = Hello { $name },
greeting-unnamed = Hello,
link-hint = If the button does not work, copy this address into your browser:

## Somebody has registered with this address: prove that it is yours.

activation-subject = Activate your account at { $title }
activation-intro = Welcome to { $title }! One step is left: confirm that this address is yours.
activation-action = Activate my account
# $hours is how long the link holds.
activation-validity = The link holds for { $hours ->
    [one] one hour
   *[other] { $hours } hours
  } and works once.
activation-stranger = If you did not register, there is nothing to do: the account stays closed without this step.

## Somebody has tried to register with this address, which has an account.

already-registered-subject = You already have an account at { $title }
already-registered-intro = Somebody, perhaps you, has tried to register at { $title } with this address. It has an account already, so nothing was changed.
already-registered-action = Sign in
already-registered-stranger = If it was not you, there is nothing to do: whoever it was has not learned that you have an account.

## An order has come in.

# $number is the order's number.
order-received-subject = We have received your order { $number }
order-received-intro = Thank you for your order! We have received it and will take good care of it.
# $placed_at is the day and the time.
order-received-order = Order { $number }, placed on { $placed_at }
order-received-total = Total: { $total }
order-received-address = We deliver to:
order-received-action = See my order

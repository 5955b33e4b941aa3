# Los correos de la tienda. $title es el nombre de la tienda; $name, el de quien lee.

greeting = Hola, { $name }:
greeting-unnamed = Hola:
link-hint = Si el botón no funciona, copia esta dirección en tu navegador:
colon = :
link-validity = El enlace es válido durante { $hours ->
    [one] una hora
    [many] { $hours } de horas
   *[other] { $hours } horas
  } y solo se puede usar una vez.
link-validity-days = El enlace es válido durante { $days ->
    [one] un día
    [many] { $days } de días
   *[other] { $days } días
  } y solo se puede usar una vez.

## Alguien se ha registrado con esta dirección: que demuestre que es suya.

activation-subject = Activa tu cuenta en { $title }
activation-intro = ¡Te damos la bienvenida a { $title }! Solo falta un paso: confirma que esta dirección es tuya.
activation-action = Activar mi cuenta
activation-stranger = Si no te has registrado, no tienes que hacer nada: sin este paso, la cuenta no se abre.

## Alguien ha querido una cuenta con esta dirección, que ya tiene una.

already-registered-subject = Ya tienes una cuenta en { $title }
already-registered-intro = Alguien, quizá tú, ha querido usar esta dirección para una cuenta en { $title }. Ya tiene una, así que no ha cambiado nada.
already-registered-action = Iniciar sesión
already-registered-forgot = ¿Has olvidado la contraseña? Elige una nueva aquí:
already-registered-stranger = Si no has sido tú, no tienes que hacer nada: quien lo haya intentado no se ha enterado de que tienes una cuenta.

## Alguien ha pedido elegir una contraseña nueva.

reset-subject = Elige una contraseña nueva para { $title }
reset-intro = Alguien, quizá tú, ha pedido elegir una contraseña nueva para tu cuenta en { $title }.
reset-action = Elegir una contraseña nueva
reset-stranger = Si no has sido tú, puedes ignorar este correo: no ha cambiado nada.

## La contraseña ha cambiado.

password-changed-subject = Tu contraseña de { $title } ha cambiado
password-changed-intro = La contraseña de tu cuenta en { $title } ha cambiado y se han cerrado las demás sesiones.
password-changed-stranger = Si has sido tú, no tienes que hacer nada. Si no, elige enseguida una contraseña nueva.
password-changed-action = Elegir una contraseña nueva

## La cuenta va a tener esta dirección: que se demuestre que es de quien lee.

email-change-subject = Confirma tu nueva dirección de correo en { $title }
email-change-intro = Confirma que esta dirección es tuya. A partir de ese momento será la de tu cuenta en { $title }.
email-change-action = Confirmar la dirección
email-change-stranger = Si no has pedido este cambio, puedes ignorar este correo: no cambiará nada.

## La cuenta tiene ahora otra dirección; esto va a la antigua.

email-changed-subject = Tu cuenta en { $title } tiene una nueva dirección de correo
email-changed-intro = Tu cuenta en { $title } usa ahora esta dirección:
email-changed-stranger = Si has sido tú, no tienes que hacer nada. Si no, abre el enlace: recuperarás tu dirección anterior y se cerrarán todas las sesiones. Después te enviaremos otro enlace para elegir una contraseña nueva.
email-changed-action = Recuperar mi dirección anterior

## La cuenta se ha eliminado.

account-deleted-subject = Tu cuenta en { $title } se ha eliminado
account-deleted-intro = Tu cuenta en { $title } se ha eliminado y, con ella, tus datos, tu carrito, tus sesiones y nuestras copias de los correos que te enviamos.
account-deleted-orders = Tus pedidos se conservan, como exige la ley, pero sin tu nombre ni tu dirección; un pedido que siga en curso los mantiene hasta que se entregue o se cancele.
account-deleted-farewell = Gracias por tu confianza. Aquí estaremos si decides volver.

## Cualquier correo sobre un pedido.

order-placed = Pedido { $number }, realizado el { $placed_at }
order-total = Total: { $total }
order-address = Dirección de entrega:
order-action = Ver mi pedido

## Ha entrado un pedido.

order-received-subject = Hemos recibido tu pedido { $number }
order-received-intro = ¡Gracias por tu pedido! Lo hemos recibido y nos ponemos con él.

## El paquete ha salido.

order-shipped-subject = Tu pedido { $number } está en camino
order-shipped-intro = Buenas noticias: tu paquete ha salido y está en camino.

## El pedido se ha cancelado.

order-canceled-subject = Tu pedido { $number } se ha cancelado
order-canceled-by-you = Has cancelado este pedido; no te lo enviaremos.
order-canceled-by-shop = Hemos cancelado este pedido. Sentimos no poder enviártelo.

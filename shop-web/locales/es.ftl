# Los textos de las páginas. Los botones van en infinitivo; las frases tutean a quien lee.

## En todas las páginas

layout-skip = Saltar al contenido
layout-search = Buscar productos
    .button = Buscar
layout-visitor = Tu cuenta
layout-languages = Idiomas
layout-sign-in = Iniciar sesión
layout-sign-out = Cerrar sesión
layout-register = Crear cuenta
layout-cart = Carrito
items = { $count ->
    [one] un artículo
    [many] { $count } de artículos
   *[other] { $count } artículos
}
line = { $count } × { $name }
total = Total
colon = :

## Lo que acaba de pasar

notice-activation-sent = En breve recibirás un correo. Abre el enlace que contiene para activar la cuenta. Si no llega en unos minutos, revisa la carpeta de correo no deseado.
notice-activated = La cuenta está activada. Ya puedes iniciar sesión.
notice-signed-in = Has iniciado sesión.
notice-signed-out = Has cerrado sesión.
notice-item-added = Añadido al carrito.
notice-quantity-set = Cantidad actualizada.
notice-item-removed = Eliminado del carrito.
notice-cart-cleared = El carrito se ha vaciado.
notice-order-placed = ¡Gracias! Hemos recibido tu pedido; en breve te llegará la confirmación por correo electrónico.
notice-order-repeated = Este pedido ya estaba hecho; no se ha pedido nada dos veces.
notice-order-canceled = Tu pedido se ha cancelado; en breve te llegará la confirmación por correo electrónico.
notice-reset-sent = Si existe una cuenta con esta dirección, en breve recibirás un correo. Abre el enlace que contiene para elegir una contraseña nueva. Si no llega en unos minutos, revisa la carpeta de correo no deseado.
notice-password-reset = La contraseña se ha cambiado y se han cerrado todas las sesiones de tu cuenta. Inicia sesión con la contraseña nueva.
notice-account-saved = Los cambios se han guardado.
notice-email-asked = Los cambios se han guardado. En breve llegará un correo a la nueva dirección; abre el enlace que contiene para confirmarla.
notice-password-changed = La contraseña se ha cambiado. Se han cerrado las demás sesiones de tu cuenta.
notice-email-asked-password-changed = La contraseña se ha cambiado y se han cerrado las demás sesiones de tu cuenta. En breve llegará un correo a la nueva dirección; abre el enlace que contiene para confirmarla.
notice-email-confirmed = A partir de ahora tu cuenta usa la nueva dirección de correo.
notice-email-undone = Tu cuenta vuelve a tener la dirección de correo anterior y se han cerrado todas sus sesiones. En breve recibirás un correo con un enlace para elegir una contraseña nueva.
notice-session-ended = La sesión de ese navegador se ha cerrado.
notice-other-sessions-ended = Se han cerrado las demás sesiones de tu cuenta.
notice-account-deleted = Tu cuenta se ha eliminado. Gracias por tu confianza.
notice-sign-in-first = Inicia sesión para continuar.

## Catálogo y producto

catalog-title = Todos los productos
catalog-results = Resultados para «{ $text }»
catalog-categories = Categorías
catalog-everything = Todos los productos
catalog-sort = Ordenar por
    .button = Ordenar
catalog-sort-catalog = Nuestra selección
catalog-sort-newest = Novedades
catalog-sort-price_up = Precio: de menor a mayor
catalog-sort-price_down = Precio: de mayor a menor
catalog-sign-in = Para añadir productos al carrito necesitas una cuenta.
catalog-from = desde { $price }
catalog-variant = Variante de { $product }
catalog-nothing-found = No hemos encontrado nada para «{ $text }». Prueba con otra palabra o con una más corta.
catalog-nothing-here = Aquí todavía no hay productos.
catalog-show-everything = Ver todos los productos
catalog-pages = Páginas
catalog-page = Página { $number }
catalog-previous = Página anterior
catalog-next = Página siguiente
product-add = Añadir al carrito
product-sold-out = Agotado
product-not-for-sale = Este producto no está a la venta en este momento.
product-left = { $count ->
    [one] Solo queda una unidad
    [many] Solo quedan { $count } de unidades
   *[other] Solo quedan { $count } unidades
}
product-back = Volver a todos los productos

## Campos de los formularios

field-email = Correo electrónico
field-last_name = Apellidos
field-first_name = Nombre
field-address = Dirección de entrega
field-password = Contraseña
field-password_confirmation = Repetir contraseña
field-current_password = Contraseña actual
field-language = Idioma
field-sku = Código del producto
field-quantity = Cantidad
password-hint = De 8 a 1000 caracteres; con 15 o más es más segura. Valen todos los caracteres, y unas cuantas palabras seguidas forman una buena contraseña.
form-faults = { $count ->
    [one] Hay un campo por corregir.
    [many] Hay { $count } de campos por corregir.
   *[other] Hay { $count } campos por corregir.
}

## Lo que falla en un campo

fault-empty = Rellena este campo.
fault-too-short = Escribe al menos { $least } caracteres.
fault-too-long = Escribe como máximo { $most } caracteres.
fault-invisible = El texto contiene un carácter invisible ({ $code }). Bórralo o vuelve a escribir el texto.
fault-email = Escribe una dirección como nombre@example.com.
fault-password-common = Esta contraseña es de las primeras que prueban los atacantes. Elige otra.
fault-password-is-email = La contraseña no puede ser la dirección de correo. Elige otra.
fault-password-confirmation = Las dos contraseñas no coinciden. Escríbelas de nuevo.
fault-password-needed = Para cambiar la dirección de correo o la contraseña, escribe tu contraseña actual.
fault-password-wrong = La contraseña no es correcta. Inténtalo de nuevo.
fault-language = Elige uno de los idiomas.
fault-number = Escribe un número entero.
fault-quantity = Escribe un número del 1 al { $most }; en el carrito no caben más unidades de un mismo producto.
fault-cart-full = { $most ->
    [one] En el carrito cabe un producto como máximo.
    [many] En el carrito caben como máximo { $most } de productos distintos. Elimina uno antes.
   *[other] En el carrito caben como máximo { $most } productos distintos. Elimina uno antes.
}
fault-not-for-sale = Este producto no está a la venta en este momento. Elige otro.
fault-short = { $left ->
    [0] Este producto está agotado.
    [one] Solo queda una unidad; no puedes poner más en el carrito.
    [many] Solo quedan { $left } de unidades; no puedes poner más en el carrito.
   *[other] Solo quedan { $left } unidades; no puedes poner más en el carrito.
}

## Crear cuenta, activarla, iniciar sesión

register-title = Crear una cuenta
register-email-hint = Enviaremos un enlace a esta dirección; la cuenta se activará en cuanto lo abras.
register-address-hint = Calle y número, código postal, localidad y país.
register-button = Crear cuenta
register-sign-in = ¿Ya tienes cuenta?
activate-title = Activar la cuenta
activate-text = Un clic y podrás empezar a comprar.
activate-button = Activar cuenta
send-activation-title = Reenviar el enlace de activación
send-activation-text = Si hay una cuenta con esta dirección pendiente de activar, te enviaremos un enlace nuevo.
send-activation-button = Reenviar el enlace
activation-void = Este enlace ya no es válido. Si la cuenta ya está activada, puedes iniciar sesión; si no, pide un enlace nuevo.
login-title = Iniciar sesión
login-button = Iniciar sesión
login-refused = El correo electrónico o la contraseña no son correctos. Inténtalo de nuevo.
login-not-activated = La contraseña es correcta, pero la cuenta aún no está activada. Abre el enlace que te enviamos por correo o pide uno nuevo.
login-send-activation = Reenviar el enlace
login-register = ¿Aún no tienes cuenta?
login-no-mail = ¿No te ha llegado el correo de activación?
login-forgot = ¿Has olvidado la contraseña?

## Una contraseña nueva por correo

forgot-title = Elegir una contraseña nueva
forgot-text = Escribe la dirección de correo de tu cuenta y te enviaremos un enlace para elegir una contraseña nueva. Es válido durante una hora.
forgot-button = Enviar el enlace
forgot-back = Volver a iniciar sesión
reset-title = Tu contraseña nueva
reset-text = Al guardarla se cerrarán todas las sesiones de tu cuenta y podrás iniciar sesión con la contraseña nueva.
reset-button = Guardar contraseña
reset-void = Este enlace ya no es válido. Pide uno nuevo.

## Cuenta

account-title = Tu cuenta
account-greeting = ¡Hola, { $name }!
account-cart = { $count ->
    [one] Un artículo, { $total }
    [many] { $count } de artículos, { $total }
   *[other] { $count } artículos, { $total }
}
account-to-cart = Ver el carrito
account-orders = Todo lo que has pedido y en qué punto está cada pedido.
account-to-orders = Ver los pedidos
account-details = Tus datos
account-name = Nombre completo
account-to-edit = Editar la cuenta
account-security = Seguridad y privacidad
account-export = Descargar tus datos
account-back = Volver a tu cuenta

## Cambios en la cuenta

edit-title = Editar tu cuenta
edit-email-hint = Una dirección nueva no tendrá efecto hasta que abras el enlace que enviaremos a ella.
edit-language-hint = Para nuestros correos sobre tu cuenta, y para las páginas mientras no elijas otro en ellas.
edit-password = Contraseña nueva
edit-password-hint = Para conservar tu contraseña, deja los dos campos vacíos. La nueva debe tener de 8 a 1000 caracteres; con 15 o más es más segura.
edit-proof = Confirma que eres tú
edit-proof-hint = Solo hace falta para una nueva dirección de correo o una contraseña nueva.
edit-button = Guardar los cambios
edit-changed = Tu cuenta se ha modificado entretanto, quizá en otra ventana. Revisa el formulario; si lo guardas de nuevo, sustituirá ese cambio.
confirm-email-title = Confirmar tu nueva dirección de correo
confirm-email-text = Un clic y tu cuenta usará esta dirección de correo.
confirm-email-button = Confirmar la dirección
confirm-email-again = Si tu cuenta sigue teniendo la dirección anterior, inicia sesión y cámbiala otra vez.
undo-email-title = Recuperar tu dirección de correo
undo-email-text = La dirección de correo de tu cuenta ha cambiado. Si no has sido tú, recupera la anterior: cerraremos todas las sesiones de tu cuenta y te enviaremos un enlace para elegir una contraseña nueva.
undo-email-button = Recuperar la dirección anterior
undo-email-again = Si no puedes iniciar sesión, pide una contraseña nueva.
email-void = Este enlace ya no es válido.
email-taken = Entretanto, otra cuenta ha pasado a tener esta dirección de correo.

## Dónde está abierta la cuenta

sessions-title = Tus sesiones abiertas
sessions-text = Tu cuenta está abierta en estos navegadores.
sessions-browser = { $browser } en { $system }
sessions-browser-unknown = Navegador desconocido
sessions-this = Este navegador
sessions-since = Sesión iniciada el { $at }
sessions-last-used = Usada por última vez el { $at }
sessions-end = Cerrar esta sesión
sessions-end-others = Cerrar las demás sesiones
sessions-hint = ¿No reconoces alguno? Cierra su sesión y elige una contraseña nueva.
sessions-unknown = No hemos encontrado esa sesión. Elige una de la lista.

## La cuenta desaparece

delete-title = Eliminar tu cuenta
delete-goes = Lo que se elimina
delete-goes-text = Tu nombre, tus direcciones y tu contraseña, el carrito, todas las sesiones y nuestras copias de los correos que te enviamos: al momento y para siempre. Nadie puede recuperar la cuenta; un último correo te confirmará que ya no existe.
delete-stays = Lo que se conserva
delete-stays-text = Tus pedidos, como exige la ley, pero sin tu nombre ni tu dirección. Un pedido que siga en curso los mantiene hasta que se entregue o se cancele.
delete-export = Descargar antes tus datos
delete-password-hint = Para confirmar que eres tú.
delete-button = Eliminar la cuenta para siempre
delete-back = Conservar la cuenta

## Carrito y compra

cart-title = Tu carrito
cart-empty = Tu carrito está vacío.
cart-to-catalog = Ver productos
cart-each = { $price } por unidad
cart-quantity-of = Cantidad de { $name }
cart-update = Actualizar
cart-remove = Eliminar
cart-gone = Este producto ya no está en nuestro catálogo. Elimínalo del carrito.
cart-hidden = Este producto no está a la venta en este momento. Elimínalo del carrito.
cart-short = { $left ->
    [0] Este producto está agotado. Elimínalo del carrito.
    [one] Solo queda una unidad. Reduce la cantidad.
    [many] Solo quedan { $left } de unidades. Reduce la cantidad.
   *[other] Solo quedan { $left } unidades. Reduce la cantidad.
}
cart-summary = Resumen
cart-not-orderable = Antes de hacer el pedido, cambia o elimina los productos marcados.
cart-checkout = Finalizar compra
cart-go-on = Seguir comprando
cart-clear = Vaciar el carrito
checkout-title = Finalizar compra
checkout-delivery = Entrega
checkout-address-hint = Solo para este pedido; la dirección de tu cuenta no cambia.
checkout-summary = Tu pedido
checkout-button = Hacer pedido con obligación de pago
checkout-mail = Confirmaremos el pedido por correo electrónico.
checkout-back = Volver al carrito
checkout-total-changed = Ha cambiado un precio: el total es ahora de { $total }. Revisa el pedido antes de confirmarlo.
checkout-lines = Algunos productos del carrito no se pueden pedir tal como están. Vuelve al carrito y cambia o elimina los que están marcados.

## Pedidos

orders-title = Tus pedidos
orders-none = Aún no has hecho ningún pedido.
orders-newest = Pedidos más recientes
orders-older = Pedidos anteriores
order-title = Pedido { $number }
order-placed-at = Realizado el { $at }
order-pieces = { $count } × { $price }
order-summary = Pedido
order-recipient = Destinatario
order-address = Dirección de entrega
order-back = Volver a todos los pedidos
order-timeline = Seguimiento del pedido
order-to-come = pendiente
order-cancel = Cancelar pedido
order-cancel-hint = Puedes cancelarlo hasta que salga el paquete.
order-has-left = El paquete ya ha salido, así que este pedido ya no se puede cancelar.
order-has-arrived = El paquete ya se ha entregado, así que este pedido ya no se puede cancelar.
order-was-canceled = Este pedido ya estaba cancelado.
order-print = Versión para imprimir
order-product = Producto
order-unit-price = Precio unitario
order-state-placed = Recibido
order-state-confirmed = Confirmado
order-state-in_progress = En camino
order-state-completed = Entregado
order-state-canceled = Cancelado
line-state-processing = En preparación
line-state-fulfilling = En proceso de embalaje
line-state-shipped = En camino
line-state-delivered = Entregado

## Lo que ha ido mal

error-to-catalog = Ver todos los productos
error-400 = No hemos entendido la solicitud
    .advice = Algo en ella no era lo que esperábamos. Vuelve atrás e inténtalo de nuevo.
error-401 = Inicia sesión
    .advice = Esta página es solo para clientes que han iniciado sesión.
error-403 = No tienes acceso a esta página
    .advice = Si crees que deberías tenerlo, inicia sesión con otra cuenta.
error-forged = El formulario ha caducado
    .advice = La página estuvo abierta demasiado tiempo, o has iniciado o cerrado sesión entretanto. Vuelve atrás, recarga la página y envía el formulario de nuevo.
error-404 = No hemos encontrado la página
    .advice = Puede que se haya movido o que el enlace esté mal escrito. Quizá el producto que buscas tenga ahora otro nombre.
error-405 = Eso no funciona aquí
    .advice = La dirección existe, pero no para este tipo de solicitud. Vuelve atrás y usa el botón de la página.
error-408 = Ha tardado demasiado
    .advice = La solicitud no llegó a tiempo. Comprueba tu conexión e inténtalo de nuevo.
error-413 = Demasiado texto
    .advice = El formulario contiene más texto del que admitimos. Acórtalo y envíalo de nuevo.
error-422 = No se ha podido completar
    .advice = Falta algo en el formulario o algo no es correcto. Vuelve atrás y revísalo.
error-429 = Demasiados intentos
    .advice = Espera un poco e inténtalo de nuevo.
error-wait-seconds = { $seconds ->
    [one] Inténtalo de nuevo en un segundo.
    [many] Inténtalo de nuevo en { $seconds } de segundos.
   *[other] Inténtalo de nuevo en { $seconds } segundos.
}
error-wait-minutes = { $minutes ->
    [one] Inténtalo de nuevo en un minuto.
    [many] Inténtalo de nuevo en { $minutes } de minutos.
   *[other] Inténtalo de nuevo en { $minutes } minutos.
}
error-500 = Algo ha fallado por nuestra parte
    .advice = No es culpa tuya y ya hemos tomado nota. Inténtalo de nuevo en un momento.
error-503 = La tienda está muy concurrida
    .advice = Inténtalo de nuevo en un momento. Tu carrito está a salvo.

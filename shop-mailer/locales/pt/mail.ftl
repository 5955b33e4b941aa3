# Os e-mails da loja. $title é o nome da loja; $name, o de quem lê.

greeting = Olá, { $name }!
greeting-unnamed = Olá!
link-hint = Se o botão não funcionar, copie este endereço para o navegador:
colon = :
link-validity = O link é válido por { $hours ->
    [one] { $hours } hora
    [many] { $hours } de horas
   *[other] { $hours } horas
  } e só pode ser usado uma vez.
link-validity-days = O link é válido por { $days ->
    [one] { $days } dia
    [many] { $days } de dias
   *[other] { $days } dias
  } e só pode ser usado uma vez.

## Alguém criou uma conta com este endereço: que prove que é seu.

activation-subject = Ative a sua conta em { $title }
activation-intro = Boas-vindas a { $title }! Só falta um passo: confirme que este endereço é seu.
activation-action = Ativar a minha conta
activation-stranger = Se não criou esta conta, não é preciso fazer nada: sem este passo, ela não é aberta.

## Alguém quis uma conta com este endereço, que já tem uma.

already-registered-subject = Já tem uma conta em { $title }
already-registered-intro = Alguém quis usar este endereço para uma conta em { $title }. Como já existe uma, nada mudou.
already-registered-action = Entrar
already-registered-forgot = Esqueceu a senha? Escolha uma nova aqui:
already-registered-stranger = Se a tentativa não foi sua, não é preciso fazer nada: quem a fez não soube que esta conta existe.

## Alguém pediu para escolher uma nova senha.

reset-subject = Escolha uma nova senha para { $title }
reset-intro = Alguém pediu uma nova senha para a sua conta em { $title }.
reset-action = Escolher uma nova senha
reset-stranger = Se não pediu uma nova senha, pode ignorar este e-mail: nada mudou.

## A senha foi alterada.

password-changed-subject = A sua senha em { $title } foi alterada
password-changed-intro = A senha da sua conta em { $title } foi alterada e as outras sessões foram encerradas.
password-changed-stranger = Se a alteração foi sua, não é preciso fazer nada. Se não foi, escolha já uma nova senha.
password-changed-action = Escolher uma nova senha

## A conta vai ter este endereço: que se prove que é de quem lê.

email-change-subject = Confirme o seu novo endereço de e-mail em { $title }
email-change-intro = Confirme que este endereço é seu. A partir desse momento, será o da sua conta em { $title }.
email-change-action = Confirmar o endereço
email-change-stranger = Se não pediu esta alteração, pode ignorar este e-mail: nada mudará.

## A conta tem agora outro endereço; isto vai para o antigo.

email-changed-subject = A sua conta em { $title } tem um novo endereço de e-mail
email-changed-intro = A sua conta em { $title } usa agora este endereço:
email-changed-stranger = Se a alteração foi sua, não é preciso fazer nada. Se não foi, abra o link: a conta volta a ter o endereço anterior e todas as sessões são encerradas. Depois, enviaremos outro link para escolher uma nova senha.
email-changed-action = Recuperar o meu endereço anterior

## A conta foi eliminada.

account-deleted-subject = A sua conta em { $title } foi eliminada
account-deleted-intro = A sua conta em { $title } foi eliminada e, com ela, os seus dados, o carrinho, as sessões e as nossas cópias dos e-mails que lhe enviamos.
account-deleted-orders = Os seus pedidos são conservados, como a lei exige, mas sem o seu nome nem o seu endereço; um pedido ainda em curso mantém esses dados até ser entregue ou cancelado.
account-deleted-farewell = Agradecemos a sua confiança. Até breve!

## Qualquer e-mail sobre um pedido.

order-placed = Pedido { $number }, feito em { $placed_at }
order-total = Total: { $total }
order-address = Endereço de entrega:
order-action = Ver o meu pedido

## Chegou um pedido.

order-received-subject = Recebemos o seu pedido { $number }
order-received-intro = Agradecemos a sua compra! Recebemos o pedido e vamos tratar dele.

## O pacote saiu.

order-shipped-subject = O seu pedido { $number } está a caminho
order-shipped-intro = Boas notícias: o pacote já saiu e está a caminho.

## O pedido foi cancelado.

order-canceled-subject = O seu pedido { $number } foi cancelado
order-canceled-by-you = Conforme solicitado, este pedido foi cancelado e não será entregue.
order-canceled-by-shop = Tivemos de cancelar este pedido e lamentamos não poder entregá-lo.

# Os textos das páginas, em português que se lê sem tropeçar em Lisboa e em São Paulo: “senha”, “pedido”, “link”,
# nem “tu” nem “você”. Os botões vão no infinitivo; as frases tratam quem lê na terceira pessoa.

## Em todas as páginas

layout-skip = Ir para o conteúdo
layout-search = Pesquisar produtos
    .button = Pesquisar
layout-visitor = A sua conta
layout-languages = Idiomas
layout-sign-in = Entrar
layout-sign-out = Sair
layout-register = Criar conta
layout-cart = Carrinho
items = { $count ->
    [one] { $count } item
    [many] { $count } de itens
   *[other] { $count } itens
}
line = { $count } × { $name }
total = Total
colon = :

## O que acaba de acontecer

notice-activation-sent = Há um e-mail a caminho. Abra o link que ele contém para ativar a conta. Se não chegar em alguns minutos, verifique a pasta de spam.
notice-activated = A conta está ativa. Já pode entrar.
notice-signed-in = Sessão iniciada.
notice-signed-out = Sessão encerrada.
notice-item-added = Adicionado ao carrinho.
notice-quantity-set = Quantidade atualizada.
notice-item-removed = Removido do carrinho.
notice-cart-cleared = O carrinho foi esvaziado.
notice-order-placed = Agradecemos a sua compra! Recebemos o pedido; a confirmação chegará em breve por e-mail.
notice-order-repeated = Este pedido já tinha sido feito antes; nada foi pedido duas vezes.
notice-order-canceled = O seu pedido foi cancelado; a confirmação chegará em breve por e-mail.
notice-reset-sent = Se existir uma conta com este endereço, há um e-mail a caminho. Abra o link que ele contém para escolher uma nova senha. Se não chegar em alguns minutos, verifique a pasta de spam.
notice-password-reset = A senha foi alterada e todas as sessões da conta foram encerradas. Entre com a nova senha.
notice-account-saved = As alterações foram feitas.
notice-email-asked = As alterações foram feitas. Há um e-mail a caminho do novo endereço; abra o link que ele contém para confirmá-lo.
notice-password-changed = A senha foi alterada. As outras sessões da conta foram encerradas.
notice-email-asked-password-changed = A senha foi alterada e as outras sessões da conta foram encerradas. Há um e-mail a caminho do novo endereço; abra o link que ele contém para confirmá-lo.
notice-email-confirmed = A partir de agora, a conta usa o novo endereço de e-mail.
notice-email-undone = A conta voltou a ter o endereço de e-mail anterior e todas as sessões foram encerradas. Há um e-mail a caminho com um link para escolher uma nova senha.
notice-session-ended = A sessão nesse navegador foi encerrada.
notice-other-sessions-ended = As outras sessões da conta foram encerradas.
notice-account-deleted = A conta foi eliminada. Agradecemos a sua confiança.
notice-sign-in-first = Entre na sua conta para continuar.

## Catálogo e produto

catalog-title = Todos os produtos
catalog-results = Resultados para “{ $text }”
catalog-categories = Categorias
catalog-everything = Todos os produtos
catalog-sort = Ordenar por
    .button = Ordenar
catalog-sort-catalog = A nossa seleção
catalog-sort-newest = Novidades
catalog-sort-price_up = Preço: do menor para o maior
catalog-sort-price_down = Preço: do maior para o menor
catalog-sign-in = Para adicionar produtos ao carrinho, é preciso ter uma conta.
catalog-from = a partir de { $price }
catalog-variant = Variante de { $product }
catalog-nothing-found = Não encontramos nada para “{ $text }”. Tente outra palavra ou uma mais curta.
catalog-nothing-here = Ainda não há produtos aqui.
catalog-show-everything = Ver todos os produtos
catalog-pages = Páginas
catalog-page = Página { $number }
catalog-previous = Página anterior
catalog-next = Página seguinte
product-add = Adicionar ao carrinho
product-sold-out = Esgotado
product-not-for-sale = Este produto não está à venda neste momento.
product-left = { $count ->
    [one] Só resta { $count } unidade
    [many] Só restam { $count } de unidades
   *[other] Só restam { $count } unidades
}
product-back = Voltar a todos os produtos

## Campos dos formulários

field-email = Endereço de e-mail
field-last_name = Sobrenome
field-first_name = Nome
field-address = Endereço de entrega
field-password = Senha
field-password_confirmation = Repetir a senha
field-current_password = Senha atual
field-language = Idioma
field-sku = Código do produto
field-quantity = Quantidade
password-hint = De 8 a 1.000 caracteres; com 15 ou mais, é mais segura. Todos os caracteres servem, e algumas palavras seguidas formam uma boa senha.
form-faults = { $count ->
    [one] Há { $count } campo a corrigir.
    [many] Há { $count } de campos a corrigir.
   *[other] Há { $count } campos a corrigir.
}

## O que está errado num campo

fault-empty = Preencha este campo.
fault-too-short = Escreva pelo menos { $least } caracteres.
fault-too-long = Escreva no máximo { $most } caracteres.
fault-invisible = O texto contém um caractere invisível ({ $code }). Apague-o ou escreva o texto de novo.
fault-email = Escreva um endereço como nome@example.com.
fault-password-common = Esta senha está entre as primeiras que os atacantes tentam. Escolha outra.
fault-password-is-email = A senha não pode ser o endereço de e-mail. Escolha outra.
fault-password-confirmation = As duas senhas são diferentes. Escreva-as de novo.
fault-password-needed = Para mudar o endereço de e-mail ou a senha, escreva a senha atual.
fault-password-wrong = A senha não está correta. Tente de novo.
fault-language = Escolha um dos idiomas.
fault-number = Escreva um número inteiro.
fault-quantity = Escreva um número de 1 a { $most }; não cabem no carrinho mais unidades do mesmo produto.
fault-cart-full = { $most ->
    [one] Cabe no carrinho no máximo { $most } produto.
    [many] Cabem no carrinho no máximo { $most } de produtos diferentes. Remova um antes.
   *[other] Cabem no carrinho no máximo { $most } produtos diferentes. Remova um antes.
}
fault-not-for-sale = Este produto não está à venda neste momento. Escolha outro.
fault-short = { $left ->
    [0] Este produto está esgotado.
    [one] Só resta uma unidade; não é possível pôr mais no carrinho.
    [many] Só restam { $left } de unidades; não é possível pôr mais no carrinho.
   *[other] Só restam { $left } unidades; não é possível pôr mais no carrinho.
}

## Criar conta, ativar, entrar

register-title = Criar uma conta
register-email-hint = Enviaremos um link para este endereço; a conta fica ativa assim que o abrir.
register-address-hint = Rua e número, código postal, cidade, país.
register-button = Criar conta
register-sign-in = Já tem uma conta?
activate-title = Ativar a conta
activate-text = Só mais um clique e a conta está pronta para as compras.
activate-button = Ativar conta
send-activation-title = Reenviar o link de ativação
send-activation-text = Se houver uma conta com este endereço à espera de ativação, enviaremos um novo link.
send-activation-button = Reenviar o link
activation-void = Este link já não é válido. Se a conta já estiver ativa, basta entrar; se não, peça um novo link.
login-title = Entrar
login-button = Entrar
login-refused = O endereço de e-mail ou a senha não estão corretos. Tente de novo.
login-not-activated = A senha está correta, mas a conta ainda não foi ativada. Abra o link que recebeu por e-mail ou peça um novo.
login-send-activation = Reenviar o link
login-register = Ainda não tem uma conta?
login-no-mail = O e-mail de ativação não chegou?
login-forgot = Esqueceu a senha?

## Uma nova senha por e-mail

forgot-title = Escolher uma nova senha
forgot-text = Escreva o endereço de e-mail da conta e enviaremos um link para escolher uma nova senha. É válido por uma hora.
forgot-button = Enviar o link
forgot-back = Voltar à página de entrada
reset-title = A sua nova senha
reset-text = Quando a nova senha for confirmada, todas as sessões da conta serão encerradas e poderá entrar com ela.
reset-button = Confirmar senha
reset-void = Este link já não é válido. Peça um novo.

## Conta

account-title = A sua conta
account-greeting = Olá, { $name }!
account-cart = { $count ->
    [one] { $count } item, { $total }
    [many] { $count } de itens, { $total }
   *[other] { $count } itens, { $total }
}
account-to-cart = Ver o carrinho
account-orders = Tudo o que pediu e em que etapa está.
account-to-orders = Ver os pedidos
account-details = Os seus dados
account-name = Nome completo
account-to-edit = Editar a conta
account-security = Segurança e privacidade
account-export = Obter uma cópia dos seus dados
account-back = Voltar à sua conta

## Alterações da conta

edit-title = Editar a sua conta
edit-email-hint = Um novo endereço só passa a valer depois de abrir o link que enviaremos para ele.
edit-language-hint = Para os nossos e-mails sobre a sua conta, e para as páginas enquanto não escolher outro nelas.
edit-password = Nova senha
edit-password-hint = Para manter a senha, deixe os dois campos vazios. A nova deve ter de 8 a 1.000 caracteres; com 15 ou mais, é mais segura.
edit-proof = Confirmar a identidade
edit-proof-hint = Só é preciso para um novo endereço de e-mail ou uma nova senha.
edit-button = Confirmar alterações
edit-changed = Nesse meio-tempo, a conta foi alterada, talvez em outra janela. Verifique o formulário; se o confirmar de novo, ele substituirá essa alteração.
confirm-email-title = Confirmar o novo endereço de e-mail
confirm-email-text = Só mais um clique e a conta usará este endereço de e-mail.
confirm-email-button = Confirmar endereço
confirm-email-again = Se a conta ainda tiver o endereço anterior, entre e altere-o mais uma vez.
undo-email-title = Recuperar o seu endereço de e-mail
undo-email-text = O endereço de e-mail da conta foi alterado. Se a alteração não foi sua, recupere o anterior: encerraremos todas as sessões da conta e enviaremos um link para escolher uma nova senha.
undo-email-button = Recuperar o endereço anterior
undo-email-again = Se não conseguir entrar na conta, peça uma nova senha.
email-void = Este link já não é válido.
email-taken = Nesse meio-tempo, outra conta passou a ter este endereço de e-mail.

## Onde a conta está aberta

sessions-title = As suas sessões abertas
sessions-text = A conta está aberta nestes navegadores.
sessions-browser = { $browser } em { $system }
sessions-browser-unknown = Navegador desconhecido
sessions-this = Este navegador
sessions-since = Sessão iniciada em { $at }
sessions-last-used = Usada pela última vez em { $at }
sessions-end = Encerrar esta sessão
sessions-end-others = Encerrar as outras sessões
sessions-hint = Não reconhece algum? Encerre a sessão dele e escolha uma nova senha.
sessions-unknown = Não encontramos essa sessão. Escolha uma da lista.

## A conta desaparece

delete-title = Eliminar a sua conta
delete-goes = O que é eliminado
delete-goes-text = O seu nome, os endereços e a senha, o carrinho, todas as sessões e as nossas cópias dos e-mails que lhe enviamos: de imediato e para sempre. Ninguém pode recuperar a conta; um último e-mail confirmará que ela já não existe.
delete-stays = O que fica
delete-stays-text = Os seus pedidos, como a lei exige, mas sem o seu nome nem o seu endereço. Um pedido ainda em curso mantém esses dados até ser entregue ou cancelado.
delete-export = Obter antes uma cópia dos seus dados
delete-password-hint = Para confirmar a identidade.
delete-button = Eliminar a conta para sempre
delete-back = Manter a conta

## Carrinho e compra

cart-title = O seu carrinho
cart-empty = O carrinho está vazio.
cart-to-catalog = Ver produtos
cart-each = { $price } por unidade
cart-quantity-of = Quantidade de { $name }
cart-update = Atualizar
cart-remove = Remover
cart-gone = Este produto já não está no nosso catálogo. Remova-o do carrinho.
cart-hidden = Este produto não está à venda neste momento. Remova-o do carrinho.
cart-short = { $left ->
    [0] Este produto está esgotado. Remova-o do carrinho.
    [one] Só resta uma unidade. Reduza a quantidade.
    [many] Só restam { $left } de unidades. Reduza a quantidade.
   *[other] Só restam { $left } unidades. Reduza a quantidade.
}
cart-summary = Resumo
cart-not-orderable = Antes de fazer o pedido, altere ou remova os produtos marcados.
cart-checkout = Finalizar compra
cart-go-on = Voltar às compras
cart-clear = Esvaziar o carrinho
checkout-title = Finalizar compra
checkout-delivery = Entrega
checkout-address-hint = Só para este pedido; o endereço da conta não muda.
checkout-summary = O seu pedido
checkout-button = Fazer pedido com obrigação de pagar
checkout-mail = Confirmaremos o pedido por e-mail.
checkout-back = Voltar ao carrinho
checkout-total-changed = Um preço mudou: o total agora é { $total }. Verifique o pedido antes de confirmar.
checkout-lines = Alguns produtos do carrinho não podem ser pedidos como estão. Volte ao carrinho e altere ou remova os que estão marcados.

## Pedidos

orders-title = Os seus pedidos
orders-none = Ainda não há pedidos.
orders-newest = Pedidos mais recentes
orders-older = Pedidos anteriores
order-title = Pedido { $number }
order-placed-at = Feito em { $at }
order-pieces = { $count } × { $price }
order-summary = Pedido
order-recipient = Destinatário
order-address = Endereço de entrega
order-back = Voltar a todos os pedidos
order-timeline = Andamento do pedido
order-to-come = ainda por vir
order-cancel = Cancelar pedido
order-cancel-hint = Pode cancelar enquanto o pacote não tiver saído.
order-has-left = O pacote já saiu, por isso este pedido já não pode ser cancelado.
order-has-arrived = O pacote já foi entregue, por isso este pedido já não pode ser cancelado.
order-was-canceled = Este pedido já tinha sido cancelado.
order-print = Versão para impressão
order-product = Produto
order-unit-price = Preço unitário
order-state-placed = Recebido
order-state-confirmed = Confirmado
order-state-in_progress = A caminho
order-state-completed = Entregue
order-state-canceled = Cancelado
line-state-processing = Em preparação
line-state-fulfilling = Em processo de embalagem
line-state-shipped = A caminho
line-state-delivered = Entregue

## O que falhou

error-to-catalog = Ver todos os produtos
error-400 = Não entendemos a solicitação
    .advice = Algo não veio como esperávamos. Volte e tente de novo.
error-401 = É preciso entrar
    .advice = Esta página é só para clientes com sessão iniciada.
error-403 = Sem acesso a esta página
    .advice = Se acha que deveria ter acesso, entre com outra conta.
error-forged = O formulário expirou
    .advice = A página ficou aberta por muito tempo, ou a sessão foi iniciada ou encerrada nesse meio-tempo. Volte, recarregue a página e envie o formulário de novo.
error-404 = Não encontramos esta página
    .advice = Pode ter mudado de lugar, ou o link pode estar mal escrito. Talvez o produto que procura tenha um novo nome.
error-405 = Isso não funciona aqui
    .advice = O endereço existe, mas não para este tipo de operação. Volte e use o botão da página.
error-408 = Demorou demasiado
    .advice = Os dados não chegaram a tempo. Verifique a conexão e tente de novo.
error-413 = Texto demasiado longo
    .advice = O formulário contém mais texto do que aceitamos. Encurte-o e envie de novo.
error-422 = Não foi possível
    .advice = Falta algo no formulário ou algo está errado. Volte e verifique.
error-429 = Demasiadas tentativas
    .advice = Espere um pouco e tente de novo.
error-wait-seconds = { $seconds ->
    [one] Tente de novo em { $seconds } segundo.
    [many] Tente de novo em { $seconds } de segundos.
   *[other] Tente de novo em { $seconds } segundos.
}
error-wait-minutes = { $minutes ->
    [one] Tente de novo em { $minutes } minuto.
    [many] Tente de novo em { $minutes } de minutos.
   *[other] Tente de novo em { $minutes } minutos.
}
error-500 = Algo falhou do nosso lado
    .advice = A culpa não é sua, e o problema já ficou anotado. Tente de novo daqui a pouco.
error-503 = A loja está muito movimentada
    .advice = Tente de novo daqui a pouco. O seu carrinho está a salvo.

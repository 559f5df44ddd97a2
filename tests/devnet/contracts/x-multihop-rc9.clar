;; Spends one signed intent, walks it through up to five vaults and pays the last output to whom the caller names.
;; Every inner refusal panics: the transaction aborts with (err none) and the inner code is lost.

(use-trait subnet-trait .venue-traits.subnet)
(use-trait vault-trait .venue-traits.vault)
(use-trait sip10-trait .venue-traits.sip10)

(define-private (x-deposit (in {amount: uint, signature: (buff 65), token: <subnet-trait>, uuid: (string-ascii 36)}))
  (let ((token (get token in)) (router (as-contract tx-sender)))
    (unwrap-panic (contract-call? token x-transfer (get signature in) (get amount in) (get uuid in) router))
    (print {type: "x-deposit", amount: (get amount in), token: (contract-of token), uuid: (get uuid in)})
    (get amount in)))

(define-private (x-execute (amount uint) (hop {opcode: (buff 16), vault: <vault-trait>}))
  (let ((vault (get vault hop))
        (result (unwrap-panic (as-contract (contract-call? vault execute amount (some (get opcode hop)))))))
    (print {type: "execute", vault: (contract-of vault), opcode: (get opcode hop), amount: amount, result: result})
    result))

(define-private (x-withdraw (amount uint) (out {to: principal, token: <sip10-trait>}))
  (let ((token (get token out)) (to (get to out)))
    (unwrap-panic (as-contract (contract-call? token transfer amount tx-sender to none)))
    (print {type: "withdraw", amount: amount, token: (contract-of token), to: to})
    true))

(define-public (x-swap-1
    (in {amount: uint, signature: (buff 65), token: <subnet-trait>, uuid: (string-ascii 36)})
    (hop-1 {opcode: (buff 16), vault: <vault-trait>})
    (out {to: principal, token: <sip10-trait>}))
  (let ((result-1 (x-execute (x-deposit in) hop-1)))
    (x-withdraw (get dy result-1) out)
    (ok (list result-1))))

(define-public (x-swap-2
    (in {amount: uint, signature: (buff 65), token: <subnet-trait>, uuid: (string-ascii 36)})
    (hop-1 {opcode: (buff 16), vault: <vault-trait>})
    (hop-2 {opcode: (buff 16), vault: <vault-trait>})
    (out {to: principal, token: <sip10-trait>}))
  (let ((result-1 (x-execute (x-deposit in) hop-1))
        (result-2 (x-execute (get dy result-1) hop-2)))
    (x-withdraw (get dy result-2) out)
    (ok (list result-1 result-2))))

(define-public (x-swap-3
    (in {amount: uint, signature: (buff 65), token: <subnet-trait>, uuid: (string-ascii 36)})
    (hop-1 {opcode: (buff 16), vault: <vault-trait>})
    (hop-2 {opcode: (buff 16), vault: <vault-trait>})
    (hop-3 {opcode: (buff 16), vault: <vault-trait>})
    (out {to: principal, token: <sip10-trait>}))
  (let ((result-1 (x-execute (x-deposit in) hop-1))
        (result-2 (x-execute (get dy result-1) hop-2))
        (result-3 (x-execute (get dy result-2) hop-3)))
    (x-withdraw (get dy result-3) out)
    (ok (list result-1 result-2 result-3))))

(define-public (x-swap-4
    (in {amount: uint, signature: (buff 65), token: <subnet-trait>, uuid: (string-ascii 36)})
    (hop-1 {opcode: (buff 16), vault: <vault-trait>})
    (hop-2 {opcode: (buff 16), vault: <vault-trait>})
    (hop-3 {opcode: (buff 16), vault: <vault-trait>})
    (hop-4 {opcode: (buff 16), vault: <vault-trait>})
    (out {to: principal, token: <sip10-trait>}))
  (let ((result-1 (x-execute (x-deposit in) hop-1))
        (result-2 (x-execute (get dy result-1) hop-2))
        (result-3 (x-execute (get dy result-2) hop-3))
        (result-4 (x-execute (get dy result-3) hop-4)))
    (x-withdraw (get dy result-4) out)
    (ok (list result-1 result-2 result-3 result-4))))

(define-public (x-swap-5
    (in {amount: uint, signature: (buff 65), token: <subnet-trait>, uuid: (string-ascii 36)})
    (hop-1 {opcode: (buff 16), vault: <vault-trait>})
    (hop-2 {opcode: (buff 16), vault: <vault-trait>})
    (hop-3 {opcode: (buff 16), vault: <vault-trait>})
    (hop-4 {opcode: (buff 16), vault: <vault-trait>})
    (hop-5 {opcode: (buff 16), vault: <vault-trait>})
    (out {to: principal, token: <sip10-trait>}))
  (let ((result-1 (x-execute (x-deposit in) hop-1))
        (result-2 (x-execute (get dy result-1) hop-2))
        (result-3 (x-execute (get dy result-2) hop-3))
        (result-4 (x-execute (get dy result-3) hop-4))
        (result-5 (x-execute (get dy result-4) hop-5)))
    (x-withdraw (get dy result-5) out)
    (ok (list result-1 result-2 result-3 result-4 result-5))))

;; Sells exactly an amount of the caller's token through up to five vaults, pays what came out to whom the caller names, in the same
;; transaction, and refuses on chain to pay less than a minimum. It keeps nothing: what a call does not pay out, the call never took.
;;
;; A refusal is (err {amount, code, step}):
;;   step    u0 taking the token, u1 to u5 that hop, u6 paying out
;;   code    the inner contract's own code, or one of the NOTHING, REFUSED, LEFT-OVER, BELOW-MIN below
;;   amount  what the step was given; for BELOW-MIN and LEFT-OVER what would have been paid, or stayed
;; An inner contract that panics, panics the whole.
;;
;; MIT License. It has no owner, no settings and no state. Any contract that has these functions is a vault or a token; the caller's wallet
;; should name what it sends in post-conditions, in Deny mode, as with any contract.

(define-trait vault
  ((execute (uint (optional (buff 16))) (response {dk: uint, dx: uint, dy: uint} uint))))

(define-trait token
  ((transfer (uint principal principal (optional (buff 34))) (response bool uint))
   (get-balance (principal) (response uint uint))))

(define-constant TAKE u0)
(define-constant PAY u6)

(define-constant NOTHING u7000)
(define-constant REFUSED u7001)
(define-constant LEFT-OVER u7002)
(define-constant BELOW-MIN u7003)

(define-private (held (asset <token>) (step uint))
  (match (contract-call? asset get-balance (as-contract tx-sender))
    balance (ok balance)
    code (err {amount: u0, code: code, step: step})))

(define-private (take (amount uint) (asset <token>))
  (match (contract-call? asset transfer amount tx-sender (as-contract tx-sender) none)
    done (if done (ok amount) (err {amount: amount, code: REFUSED, step: TAKE}))
    code (err {amount: amount, code: code, step: TAKE})))

;; Before anything moves: what of both tokens is here, which no call may take or leave more of.
(define-private (open (amount uint) (token-in <token>) (out {min-out: uint, to: principal, token: <token>}))
  (let ((token-out (get token out))
        (in-held (try! (held token-in TAKE)))
        (out-held (try! (held token-out PAY))))
    (asserts! (> amount u0) (err {amount: amount, code: NOTHING, step: TAKE}))
    (try! (take amount token-in))
    (ok {in: in-held, out: out-held})))

(define-private (walk (amount uint) (hop {opcode: (buff 16), vault: <vault>}) (step uint))
  (let ((through (get vault hop)))
    (match (as-contract (contract-call? through execute amount (some (get opcode hop))))
      result (ok (get dy result))
      code (err {amount: amount, code: code, step: step}))))

;; The first vault must use all that was taken.
(define-private (walk-first (amount uint) (token-in <token>) (hop {opcode: (buff 16), vault: <vault>}) (before uint))
  (let ((given (try! (walk amount hop u1)))
        (after (try! (held token-in u1))))
    (asserts! (<= after before) (err {amount: (- after before), code: LEFT-OVER, step: u1}))
    (ok given)))

;; What came out is what there is more of than before, whatever the vaults say.
(define-private (close (before uint) (out {min-out: uint, to: principal, token: <token>}))
  (let ((token-out (get token out))
        (to (get to out))
        (after (try! (held token-out PAY)))
        (paid (if (> after before) (- after before) u0)))
    (asserts! (> paid u0) (err {amount: paid, code: NOTHING, step: PAY}))
    (asserts! (>= paid (get min-out out)) (err {amount: paid, code: BELOW-MIN, step: PAY}))
    (match (as-contract (contract-call? token-out transfer paid tx-sender to none))
      done (if done (ok paid) (err {amount: paid, code: REFUSED, step: PAY}))
      code (err {amount: paid, code: code, step: PAY}))))

;; Does nothing: a transaction that calls it uses up its nonce.
(define-public (noop) (ok true))

(define-public (swap-1
    (amount uint)
    (token-in <token>)
    (hop-1 {opcode: (buff 16), vault: <vault>})
    (out {min-out: uint, to: principal, token: <token>}))
  (let ((before (try! (open amount token-in out)))
        (given-1 (try! (walk-first amount token-in hop-1 (get in before)))))
    (close (get out before) out)))

(define-public (swap-2
    (amount uint)
    (token-in <token>)
    (hop-1 {opcode: (buff 16), vault: <vault>})
    (hop-2 {opcode: (buff 16), vault: <vault>})
    (out {min-out: uint, to: principal, token: <token>}))
  (let ((before (try! (open amount token-in out)))
        (given-1 (try! (walk-first amount token-in hop-1 (get in before))))
        (given-2 (try! (walk given-1 hop-2 u2))))
    (close (get out before) out)))

(define-public (swap-3
    (amount uint)
    (token-in <token>)
    (hop-1 {opcode: (buff 16), vault: <vault>})
    (hop-2 {opcode: (buff 16), vault: <vault>})
    (hop-3 {opcode: (buff 16), vault: <vault>})
    (out {min-out: uint, to: principal, token: <token>}))
  (let ((before (try! (open amount token-in out)))
        (given-1 (try! (walk-first amount token-in hop-1 (get in before))))
        (given-2 (try! (walk given-1 hop-2 u2)))
        (given-3 (try! (walk given-2 hop-3 u3))))
    (close (get out before) out)))

(define-public (swap-4
    (amount uint)
    (token-in <token>)
    (hop-1 {opcode: (buff 16), vault: <vault>})
    (hop-2 {opcode: (buff 16), vault: <vault>})
    (hop-3 {opcode: (buff 16), vault: <vault>})
    (hop-4 {opcode: (buff 16), vault: <vault>})
    (out {min-out: uint, to: principal, token: <token>}))
  (let ((before (try! (open amount token-in out)))
        (given-1 (try! (walk-first amount token-in hop-1 (get in before))))
        (given-2 (try! (walk given-1 hop-2 u2)))
        (given-3 (try! (walk given-2 hop-3 u3)))
        (given-4 (try! (walk given-3 hop-4 u4))))
    (close (get out before) out)))

(define-public (swap-5
    (amount uint)
    (token-in <token>)
    (hop-1 {opcode: (buff 16), vault: <vault>})
    (hop-2 {opcode: (buff 16), vault: <vault>})
    (hop-3 {opcode: (buff 16), vault: <vault>})
    (hop-4 {opcode: (buff 16), vault: <vault>})
    (hop-5 {opcode: (buff 16), vault: <vault>})
    (out {min-out: uint, to: principal, token: <token>}))
  (let ((before (try! (open amount token-in out)))
        (given-1 (try! (walk-first amount token-in hop-1 (get in before))))
        (given-2 (try! (walk given-1 hop-2 u2)))
        (given-3 (try! (walk given-2 hop-3 u3)))
        (given-4 (try! (walk given-3 hop-4 u4)))
        (given-5 (try! (walk given-4 hop-5 u5))))
    (close (get out before) out)))

;; {{NAME}}: a plain SIP-10 token with a faucet.

(define-constant ERR_UNAUTHORIZED (err u401))
(define-constant OWNER tx-sender)

(define-fungible-token {{ASSET}})

(define-public (transfer (amount uint) (from principal) (to principal) (memo (optional (buff 34))))
  (begin
    (asserts! (is-eq tx-sender from) ERR_UNAUTHORIZED)
    (try! (ft-transfer? {{ASSET}} amount from to))
    (match memo note (begin (print note) true) true)
    (ok true)))

(define-public (mint (amount uint) (to principal))
  (begin
    (asserts! (is-eq tx-sender OWNER) ERR_UNAUTHORIZED)
    (ft-mint? {{ASSET}} amount to)))

(define-read-only (get-name) (ok "{{NAME}}"))
(define-read-only (get-symbol) (ok "{{SYMBOL}}"))
(define-read-only (get-decimals) (ok u{{DECIMALS}}))
(define-read-only (get-balance (who principal)) (ok (ft-get-balance {{ASSET}} who)))
(define-read-only (get-total-supply) (ok (ft-get-supply {{ASSET}})))
(define-read-only (get-token-uri) (ok (if true none (some u""))))

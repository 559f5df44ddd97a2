;; {{NAME}}: balances of .{{BASE}} that move by signed intent.
;; The ledger is a map and not a token of the VM, so post-conditions do not see it.

(define-constant ERR_INSUFFICIENT (err u400))
(define-constant ERR_UNAUTHORIZED (err u401))
(define-constant ERR_EXCEEDS_BOUND (err u402))

(define-map balances principal uint)
(define-data-var supply uint u0)

(define-read-only (balance-of (who principal)) (default-to u0 (map-get? balances who)))

(define-private (credit (who principal) (amount uint))
  (map-set balances who (+ (balance-of who) amount)))

(define-private (debit (who principal) (amount uint))
  (let ((balance (balance-of who)))
    (asserts! (>= balance amount) ERR_INSUFFICIENT)
    (ok (map-set balances who (- balance amount)))))

(define-private (move (amount uint) (from principal) (to principal))
  (begin
    (try! (debit from amount))
    (ok (credit to amount))))

(define-private (pay-out (amount uint) (from principal) (to principal))
  (begin
    (try! (debit from amount))
    (var-set supply (- (var-get supply) amount))
    (as-contract (contract-call? .{{BASE}} transfer amount tx-sender to none))))

(define-public (transfer (amount uint) (from principal) (to principal) (memo (optional (buff 34))))
  (begin
    (asserts! (is-eq tx-sender from) ERR_UNAUTHORIZED)
    (try! (move amount from to))
    (print {event: "transfer", from: from, to: to, amount: amount, memo: memo})
    (ok true)))

(define-public (deposit (amount uint) (recipient (optional principal)))
  (let ((to (default-to tx-sender recipient)))
    (try! (contract-call? .{{BASE}} transfer amount tx-sender (as-contract tx-sender) none))
    (credit to amount)
    (var-set supply (+ (var-get supply) amount))
    (print {event: "deposit", from: tx-sender, to: to, amount: amount})
    (ok true)))

(define-public (withdraw (amount uint) (recipient (optional principal)))
  (let ((to (default-to tx-sender recipient)))
    (try! (pay-out amount tx-sender to))
    (print {event: "withdraw", from: tx-sender, to: to, amount: amount})
    (ok true)))

(define-public (x-redeem (signature (buff 65)) (amount uint) (uuid (string-ascii 36)) (to principal))
  (let ((signer (try! (contract-call? .blaze-v1 execute signature "REDEEM_BEARER" none (some amount) none uuid))))
    (try! (pay-out amount signer to))
    (print {event: "x-redeem", from: signer, to: to, amount: amount, uuid: uuid})
    (ok true)))

(define-public (x-transfer (signature (buff 65)) (amount uint) (uuid (string-ascii 36)) (to principal))
  (let ((signer (try! (contract-call? .blaze-v1 execute signature "TRANSFER_TOKENS" none (some amount) (some to) uuid))))
    (try! (move amount signer to))
    (print {event: "x-transfer", from: signer, to: to, amount: amount, uuid: uuid})
    (ok true)))

(define-public (x-transfer-lte
    (signature (buff 65)) (bound uint) (actual uint) (uuid (string-ascii 36)) (to principal))
  (let ((signer (try! (contract-call? .blaze-v1 execute signature "TRANSFER_TOKENS_LTE" none (some bound) (some to) uuid))))
    (asserts! (<= actual bound) ERR_EXCEEDS_BOUND)
    (try! (move actual signer to))
    (print {event: "x-transfer-lte", from: signer, to: to, bound: bound, amount: actual, uuid: uuid})
    (ok true)))

(define-read-only (get-name) (ok "{{NAME}}"))
(define-read-only (get-symbol) (ok "{{SYMBOL}}"))
(define-read-only (get-decimals) (ok u{{DECIMALS}}))
(define-read-only (get-balance (who principal)) (ok (balance-of who)))
(define-read-only (get-total-supply) (ok (var-get supply)))
(define-read-only (get-token-uri) (ok (if true none (some u""))))

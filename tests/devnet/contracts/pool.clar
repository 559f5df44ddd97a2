;; {{NAME}}: a constant-product vault of .{{TOKEN_A}} and .{{TOKEN_B}}, fee {{FEE}} of a million.
;; Opcode byte 0: 00 A to B, 01 B to A, 02 add liquidity, 03 remove liquidity, 04 reserves (quote only).

(define-constant ERR_UNAUTHORIZED (err u403))
(define-constant ERR_UNKNOWN_OPCODE (err u4002))
(define-constant OWNER tx-sender)
(define-constant FEE u{{FEE}})
(define-constant PPM u1000000)

(define-fungible-token {{ASSET}})
(define-data-var reserve-a uint u0)
(define-data-var reserve-b uint u0)

(define-private (opcode-of (opcode (optional (buff 16))))
  (default-to 0x00 (element-at? (default-to 0x00 opcode) u0)))

(define-private (swap-quote (amount uint) (x uint) (y uint))
  (let ((dx (/ (* amount (- PPM FEE)) PPM)))
    {dx: dx, dy: (if (is-eq dx u0) u0 (/ (* dx y) (+ x dx))), dk: u0}))

(define-private (liquidity-quote (amount uint))
  (let ((supply (ft-get-supply {{ASSET}})))
    (if (is-eq supply u0)
      {dx: u0, dy: u0, dk: amount}
      {dx: (/ (* amount (var-get reserve-a)) supply), dy: (/ (* amount (var-get reserve-b)) supply), dk: amount})))

(define-read-only (quote (amount uint) (opcode (optional (buff 16))))
  (let ((code (opcode-of opcode)) (x (var-get reserve-a)) (y (var-get reserve-b)))
    (if (is-eq code 0x00) (ok (swap-quote amount x y))
    (if (is-eq code 0x01) (ok (swap-quote amount y x))
    (if (or (is-eq code 0x02) (is-eq code 0x03)) (ok (liquidity-quote amount))
    (if (is-eq code 0x04) (ok {dx: x, dy: y, dk: (ft-get-supply {{ASSET}})})
    ERR_UNKNOWN_OPCODE))))))

(define-read-only (get-reserves) {a: (var-get reserve-a), b: (var-get reserve-b)})

(define-private (take-a (amount uint)) (contract-call? .{{TOKEN_A}} transfer amount tx-sender (as-contract tx-sender) none))
(define-private (take-b (amount uint)) (contract-call? .{{TOKEN_B}} transfer amount tx-sender (as-contract tx-sender) none))
(define-private (give-a (amount uint) (to principal)) (as-contract (contract-call? .{{TOKEN_A}} transfer amount tx-sender to none)))
(define-private (give-b (amount uint) (to principal)) (as-contract (contract-call? .{{TOKEN_B}} transfer amount tx-sender to none)))

;; The whole amount enters the reserves; only the part net of the fee is priced.
(define-private (swap-a-to-b (amount uint))
  (let ((to tx-sender) (quoted (swap-quote amount (var-get reserve-a) (var-get reserve-b))))
    (try! (take-a amount))
    (try! (give-b (get dy quoted) to))
    (var-set reserve-a (+ (var-get reserve-a) amount))
    (var-set reserve-b (- (var-get reserve-b) (get dy quoted)))
    (ok quoted)))

(define-private (swap-b-to-a (amount uint))
  (let ((to tx-sender) (quoted (swap-quote amount (var-get reserve-b) (var-get reserve-a))))
    (try! (take-b amount))
    (try! (give-a (get dy quoted) to))
    (var-set reserve-b (+ (var-get reserve-b) amount))
    (var-set reserve-a (- (var-get reserve-a) (get dy quoted)))
    (ok quoted)))

(define-private (add-liquidity (amount uint))
  (let ((quoted (liquidity-quote amount)))
    (try! (take-a (get dx quoted)))
    (try! (take-b (get dy quoted)))
    (try! (ft-mint? {{ASSET}} amount tx-sender))
    (var-set reserve-a (+ (var-get reserve-a) (get dx quoted)))
    (var-set reserve-b (+ (var-get reserve-b) (get dy quoted)))
    (ok quoted)))

(define-private (remove-liquidity (amount uint))
  (let ((to tx-sender) (quoted (liquidity-quote amount)))
    (try! (ft-burn? {{ASSET}} amount tx-sender))
    (try! (give-a (get dx quoted) to))
    (try! (give-b (get dy quoted) to))
    (var-set reserve-a (- (var-get reserve-a) (get dx quoted)))
    (var-set reserve-b (- (var-get reserve-b) (get dy quoted)))
    (ok quoted)))

(define-public (execute (amount uint) (opcode (optional (buff 16))))
  (let ((code (opcode-of opcode)))
    (if (is-eq code 0x00) (swap-a-to-b amount)
    (if (is-eq code 0x01) (swap-b-to-a amount)
    (if (is-eq code 0x02) (add-liquidity amount)
    (if (is-eq code 0x03) (remove-liquidity amount)
    ERR_UNKNOWN_OPCODE))))))

;; Moves the price at will: the owner pays in what is missing and gets what is too much.
(define-public (set-reserves (a uint) (b uint))
  (let ((x (var-get reserve-a)) (y (var-get reserve-b)))
    (asserts! (is-eq tx-sender OWNER) ERR_UNAUTHORIZED)
    (and (> a x) (try! (take-a (- a x))))
    (and (< a x) (try! (give-a (- x a) OWNER)))
    (and (> b y) (try! (take-b (- b y))))
    (and (< b y) (try! (give-b (- y b) OWNER)))
    (and (is-eq (ft-get-supply {{ASSET}}) u0) (try! (ft-mint? {{ASSET}} (sqrti (* a b)) OWNER)))
    (var-set reserve-a a)
    (var-set reserve-b b)
    (ok true)))

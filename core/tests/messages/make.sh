#!/bin/bash
# Makes the signatures of this folder again, with openssl alone, from the throw-away keys beside it.
set -eu
cd "$(dirname "$0")"

sign() { # name key path client-id time body
    printf 'POST %s\n%s.%s.%s' "$3" "$4" "$5" "$6" |
        openssl dgst -sha256 -sign "$2_private_key.pem" |
        base64 -w0 | sed 's|/|%2F|g; s|+|%2B|g; s|=|%3D|g' > "$1.signature"
}

success='{"result":{"resultCode":"SUCCESS","resultStatus":"S","resultMessage":"success"}}'
sign ams_request merchant /ams/sandbox/api/v1/payments/pay SANDBOX_T_1 1685599933871 '{"paymentRequestId":"pr-1"}'
sign alipay_plus_request merchant /aps/api/v1/payments/pay SANDBOX_T_1 2023-06-01T06:12:13.871Z '{"paymentRequestId":"pr-1"}'
sign acknowledgement merchant /merchant/notify SANDBOX_T_1 2023-06-01T06:12:13.871Z "$success"
sign response gateway /ams/sandbox/api/v1/payments/pay SANDBOX_T_1 2023-06-01T14:12:14+08:00 "$(cat response.json)"
sign notification gateway /merchant/notify SANDBOX_T_1 2023-06-01T14:12:14.253+08:00 "$(cat notification.json)"

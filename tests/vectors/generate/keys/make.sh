#!/bin/sh
# Makes the throw-away keys of this folder anew. They protect nothing. The vectors depend on them, so after this
# every generator has to be run again.
set -eu
cd "$(dirname "$0")"
for bits in 1024 2040 2048 2056 3072 4096 8192 8200; do
    openssl genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:$bits -out rsa_$bits.pem
done
openssl genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out stranger.pem
openssl genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -pkeyopt rsa_keygen_pubexp:3 -out e_3.pem
openssl genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -pkeyopt rsa_keygen_pubexp:4294967297 -out e_33_bits.pem
openssl genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -pkeyopt rsa_keygen_pubexp:8589934609 -out e_34_bits.pem
openssl genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -pkeyopt rsa_keygen_primes:3 -out three_primes.pem
openssl genpkey -quiet -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048 -out pss.pem
openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out ec.pem
openssl ecparam -name prime256v1 -genkey -out ec_with_parameters.pem
openssl genpkey -quiet -algorithm ED25519 -out ed25519.pem
openssl dsaparam -genkey -noout 2048 2>/dev/null | openssl pkey -traditional -out dsa_traditional.pem
openssl pkey -in rsa_2048.pem -aes256 -passout pass:test -out encrypted_pkcs8.pem
openssl pkey -in rsa_2048.pem -aes256 -passout pass:test -traditional -out encrypted_traditional.pem
openssl req -x509 -new -key rsa_2048.pem -subj "/CN=alipay-instore test" -days 36500 -out certificate.pem
openssl req -new -key rsa_2048.pem -subj "/CN=alipay-instore test" -out request.pem
openssl pkcs12 -export -inkey rsa_2048.pem -in certificate.pem -name "test key" -passout pass:test -out archive.p12
openssl pkcs12 -in archive.p12 -passin pass:test -nodes -nocerts -out bag_attributes.pem
openssl pkcs12 -in archive.p12 -passin pass:test -nodes -out bag_attributes_with_certificate.pem
if command -v ssh-keygen >/dev/null; then
    openssl rsa -in stranger.pem -traditional -out openssh_private.pem 2>/dev/null && chmod 600 openssh_private.pem
    ssh-keygen -q -p -P '' -N '' -f openssh_private.pem
    ssh-keygen -y -f openssh_private.pem >openssh_public.txt
fi

dnl The extension is built by cargo: phpize, configure, make, make install, as `pie install` does it.

PHP_ARG_ENABLE([alipay-instore],
  [whether to build alipay_instore],
  [AS_HELP_STRING([--disable-alipay-instore], [do not build alipay_instore])],
  [yes])

if test "$PHP_ALIPAY_INSTORE" != "no"; then
  AC_PATH_PROG([CARGO], [cargo])
  if test -z "$CARGO"; then
    AC_MSG_ERROR([cargo is missing: install Rust 1.94 or newer])
  fi
  dnl The headers are those of the PHP that it is built for.
  dnl It is passed with its folder: what builds the extension looks for no other.
  PHP_CONFIG_OF_EXTENSION=`command -v "${PHP_CONFIG:-php-config}"`
  if test -z "$PHP_CONFIG_OF_EXTENSION"; then
    AC_MSG_ERROR([${PHP_CONFIG:-php-config} is missing])
  fi
  PHP_MODULES="$PHP_MODULES modules/alipay_instore.so"
  PHP_SUBST([CARGO])
  PHP_SUBST([PHP_CONFIG_OF_EXTENSION])
  PHP_ADD_MAKEFILE_FRAGMENT([$abs_srcdir/Makefile.frag], [$abs_srcdir], [$abs_builddir])
fi
